import 'bootstrap/dist/css/bootstrap-reboot.css'
import '@fontsource-variable/bricolage-grotesque/wght.css'
import '../styles/tokens.css'
import '../styles/base.css'
import { createApp } from 'vue'
import WallSetup from './WallSetup.vue'

createApp(WallSetup, { search: location.search }).mount('#app')
