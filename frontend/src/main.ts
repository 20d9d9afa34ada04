import 'bootstrap/dist/css/bootstrap-reboot.css'
import '@fontsource-variable/bricolage-grotesque/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { createApp } from 'vue'
import App from './App.vue'
import { begin } from './language/begin'
import { keepForOffline } from './offline/register'

void begin(createApp(App))
keepForOffline()
