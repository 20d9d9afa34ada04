import { describe, expect, it } from 'vitest'
import type { Fitting } from './fit'
import { fit } from './fit'

describe('a text', () => {
  it('is left as it is where it fits', () => {
    expect(fit(() => true)).toEqual({ scale: 1, folded: false })
  })

  it('is as large as it can be', () => {
    expect(fit(({ scale }) => scale < 0.75)).toEqual({ scale: 0.7, folded: false })
  })

  it('is folded before it is too small to be read', () => {
    const tall = ({ scale, folded }: Fitting) => scale <= (folded ? 0.85 : 0.5)
    expect(fit(tall)).toEqual({ scale: 0.85, folded: true })
  })

  it('is as small as it can be where nothing fits', () => {
    expect(fit(() => false)).toEqual({ scale: 0.2, folded: true })
  })
})
