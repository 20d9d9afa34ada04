/** What the browser keeps, and nothing where it refuses: then even asking for it is an error. */
export function storageOf(kind: 'local' | 'session'): Storage | undefined {
  try {
    return kind === 'local' ? localStorage : sessionStorage
  } catch {
    return undefined
  }
}
