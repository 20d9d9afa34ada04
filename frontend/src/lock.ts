/** The browser's locks; there are none on insecure origins. */
export function browserLocks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager | null }).locks ?? undefined
}

/**
 * Runs an action while no other tab runs one under the same name. Returns whether it did: without locks, or
 * when nothing comes of waiting so many milliseconds, it is up to the caller to go on without.
 */
export async function alone(
  name: string,
  patience: number,
  stopped: AbortSignal,
  action: () => Promise<void>,
): Promise<boolean> {
  const locks = browserLocks()
  if (locks === undefined) return false
  let begun = false as boolean
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(patience)])
  try {
    await locks.request(name, { signal }, () => {
      begun = true
      return action()
    })
  } catch (error) {
    if (begun) throw error
  }
  return begun
}
