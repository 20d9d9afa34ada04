/** How a text is made to fit: how large, and whether its line breaks have become spaces. */
export interface Fitting {
  readonly scale: number
  readonly folded: boolean
}

/** A text of several lines is rather folded than smaller than this. */
const READABLE = 0.6
const SMALLEST = 0.2
const STEP = 0.05

const FITTINGS: readonly Fitting[] = [...sizes(READABLE, false), ...sizes(SMALLEST, true)]

function sizes(smallest: number, folded: boolean): Fitting[] {
  const count = Math.round((1 - smallest) / STEP) + 1
  return Array.from({ length: count }, (_, step) => ({
    scale: Math.round((1 - step * STEP) * 100) / 100,
    folded,
  }))
}

/** The largest way in which a text fits as a whole; the smallest one if there is none. */
export function fit(fits: (fitting: Fitting) => boolean): Fitting {
  return FITTINGS.find(fits) ?? { scale: SMALLEST, folded: true }
}
