import type { Draft } from './draft'
import { LINE_BREAKS, MARKS } from './draft'
import { t } from '../language/text'

/** What somebody has to do before the text can be posted; empty when there is nothing. */
export function complaint(draft: Draft): string {
  switch (draft.kind) {
    case 'tooLong':
      return t('complaint.tooLong', { count: -draft.remaining })
    case 'tooManyLines':
      return t('complaint.tooManyLines', { count: draft.excess, limit: LINE_BREAKS })
    case 'forbidden':
      return t('complaint.forbidden')
    case 'hidden':
      return t('complaint.hidden', { character: draft.character })
    case 'tooManyMarks':
      return t('complaint.tooManyMarks', { limit: MARKS })
    case 'blank':
    case 'ready':
      return ''
  }
}
