import type { Language } from './languages'
import type { Messages } from './messages'

/** Where the messages of each language are, apart from English, which comes with the page. */
export const FILES: Record<
  Exclude<Language, 'en'>,
  () => Promise<{ readonly default: Messages }>
> = {
  de: () => import('./de'),
  fr: () => import('./fr'),
  es: () => import('./es'),
  ja: () => import('./ja'),
  ar: () => import('./ar'),
}
