import { shallowReactive } from 'vue'
import type { ApiError } from '../api'
import { asApiError, deleteMeow, editMeow } from '../api'
import type { Draft } from '../composer/draft'
import { judge, normalise } from '../composer/draft'
import type { FeedState } from '../feed/Feed'
import type { Meow } from '../meow/meow'
import type { Farewell } from '../meow/useFarewells'
import type { Lives } from '../meow/useLives'
import type { Undos } from './useUndos'
import { t } from '../language/text'
import type { Words } from '../language/words'

/** Milliseconds for which a deleted text can be written again. */
const REGRET = 10_000

export interface Edit {
  /** The meow as it was when somebody began to edit it. */
  readonly base: Meow
  readonly text: string
  readonly saving: boolean
  /** Why it is not saved; empty when nothing is in the way. */
  readonly problem: Words
  /** Whether no other text for this meow can be saved any more. */
  readonly closed: boolean
  /** The meow as somebody else left it meanwhile. */
  readonly present: Meow | null
}

export interface Removal {
  readonly meow: Meow
  readonly problem: Words
}

/** Where new meows are written. */
export interface Writing {
  /** Puts a text there. */
  readonly keep: (text: string) => void
  /** Puts it there, and goes there. */
  readonly goOn: (text: string) => void
}

export type Corrections = ReturnType<typeof useCorrections>

/**
 * The edits and deletions of what this browser has posted. They go on whatever view is shown, and
 * what is being written is kept until it is saved or given up.
 */
export function useCorrections(
  undos: Undos,
  lives: Lives,
  feed: () => FeedState,
  writing: Writing,
) {
  const edits = shallowReactive(new Map<string, Edit>())
  const removals = shallowReactive(new Map<string, Removal>())

  /** Whether there is something to be done with a meow, or to be said about it. */
  function offered(id: string): boolean {
    return undos.of(id) !== null || removals.has(id)
  }

  function begin(meow: Meow) {
    if (edits.has(meow.id)) return
    edits.set(meow.id, {
      base: meow,
      text: meow.body,
      saving: false,
      problem: '',
      closed: false,
      present: null,
    })
  }

  function write(id: string, text: string) {
    change(id, { text })
  }

  function cancel(id: string) {
    edits.delete(id)
  }

  async function save(id: string) {
    const edit = edits.get(id)
    if (edit === undefined || edit.saving) return
    const draft = judge(edit.text)
    if (draft.kind !== 'ready') return
    const token = undos.of(id)
    if (token === null) {
      change(id, { problem: TOO_LATE, closed: true })
      return
    }
    const { present } = edit
    change(id, { saving: true, problem: '' })
    try {
      lives.learn(await editMeow(present ?? edit.base, draft.body, token))
      edits.delete(id)
    } catch (error) {
      notSaved(id, draft, asApiError(error))
    }
  }

  function notSaved(id: string, draft: Draft & { kind: 'ready' }, error: ApiError) {
    change(id, { saving: false })
    if (wasDeleted(id, error)) return
    const { type, meow } = error
    if (type === 'edited-meanwhile' && meow !== null) {
      lives.learn(meow)
      // Nobody else was it: an answer got lost, and the text is there.
      if (meow.body === draft.body) edits.delete(id)
      else change(id, { present: meow })
    } else {
      const closed = FINAL.has(type)
      if (closed) change(id, { closed })
      if (type === 'not-yours' || type === 'too-late') undos.drop(id)
      change(id, { problem: inWords(error) })
    }
  }

  function change(id: string, changes: Partial<Edit>) {
    const edit = edits.get(id)
    if (edit !== undefined) edits.set(id, { ...edit, ...changes })
  }

  /** Puts what was written for a meow that can no longer be edited where it can be posted. */
  function keepAsNew(id: string) {
    const edit = edits.get(id)
    if (edit === undefined) return
    edits.delete(id)
    writing.goOn(edit.text)
  }

  async function remove(meow: Meow) {
    const { id } = meow
    const token = undos.of(id)
    if (removals.get(id)?.problem === '') return
    removals.set(id, { meow, problem: token === null ? TOO_LATE : '' })
    if (token === null) return
    try {
      await deleteMeow(id, token)
      lives.learn({ id, deleted_at: new Date().toISOString(), by: 'author' })
    } catch (caught) {
      const error = asApiError(caught)
      if (error.type === 'not-yours' || error.type === 'too-late') undos.drop(id)
      if (!wasDeleted(id, error)) removals.set(id, { meow, problem: inWords(error) })
    }
  }

  /** Takes back that a meow was deleted, as far as that is possible: as a new one. */
  function writeAgain(id: string) {
    const body = lives.farewells.of(id)?.body
    if (body === undefined) return
    lives.farewells.end(id)
    writing.goOn(body)
  }

  function wasDeleted(id: string, { type, by, deletedAt }: ApiError): boolean {
    if (type !== 'deleted') return false
    lives.learn({ id, deleted_at: deletedAt ?? new Date().toISOString(), by: by ?? 'author' })
    return true
  }

  /** Forgets that a meow was not deleted. */
  function settle(id: string) {
    if (removals.get(id)?.problem !== '') removals.delete(id)
  }

  // The feed may be faster with a deletion than the answer to it.
  lives.farewells.attend((id) => {
    const removal = removals.get(id)
    const edit = edits.get(id)
    removals.delete(id)
    edits.delete(id)
    undos.drop(id)
    if (removal !== undefined) return farewell(removal.meow.body)
    if (edit === undefined || normalise(edit.text) === edit.base.body) return null
    writing.keep(edit.text)
    return {
      words: t('deletion.writing'),
      lasting: REGRET,
    }
  })

  function farewell(body: string): Farewell {
    const words = feed() === 'live' ? t('deletion.done') : t('deletion.doneHere')
    return { words, body, lasting: REGRET }
  }

  return {
    offered,
    edit: (id: string) => edits.get(id) ?? null,
    removal: (id: string) => removals.get(id) ?? null,
    begin,
    write,
    cancel,
    save,
    keepAsNew,
    remove,
    settle,
    writeAgain,
  }
}

const TOO_LATE: Words = { key: 'editor.tooLate' }

/** After these no other text helps either. */
const FINAL = new Set(['not-yours', 'too-late', 'too-many-edits'])

function inWords({ type, status, words }: ApiError): Words {
  switch (type) {
    case 'not-yours':
      return { key: 'editor.notYours' }
    case 'too-late':
      return TOO_LATE
    case 'too-many-edits':
      return { key: 'editor.tooMany' }
    default:
      return status === null ? { key: 'editor.tryAgain', words } : words
  }
}
