import 'bootstrap/dist/css/bootstrap-reboot.css'
import '@fontsource-variable/bricolage-grotesque/wght.css'
import '../styles/tokens.css'
import '../styles/base.css'
import './wall.css'
import { createApp } from 'vue'
import { begin } from '../language/begin'
import WallView from './WallView.vue'

void begin(createApp(WallView, { search: location.search }))
