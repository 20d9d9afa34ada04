import 'bootstrap/dist/css/bootstrap-reboot.css'
import '@fontsource-variable/bricolage-grotesque/wght.css'
import '../styles/tokens.css'
import '../styles/base.css'
import { createApp } from 'vue'
import { begin } from '../language/begin'
import WallSetup from './WallSetup.vue'

void begin(createApp(WallSetup, { search: location.search }))
