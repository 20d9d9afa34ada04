import 'bootstrap/dist/css/bootstrap-reboot.css'
import '@fontsource-variable/bricolage-grotesque/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { createApp } from 'vue'
import { begin } from './language/begin'
import MeowPage from './permalink/MeowPage.vue'

void begin(createApp(MeowPage, { path: location.pathname }))
