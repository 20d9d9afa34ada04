import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fetchPosition } from '../api'
import { FakeServer } from '../testing/FakeServer'
import { servers, serverClock } from './serverClock'

const NOON = Date.parse('2026-03-10T12:00:00Z')
const HOUR = 3_600_000
const date = (time: number) => new Date(time).toUTCString()

describe('serverClock', () => {
  it.each([3 * HOUR, -3 * HOUR])('knows of a clock that is off by %i', (off) => {
    const clock = serverClock()
    clock.tell(date(NOON), NOON - off - 50, NOON - off)
    expect(Math.abs(clock.ahead.value - off)).toBeLessThanOrEqual(1_050)
  })

  it('leaves a clock alone that may be right', () => {
    const clock = serverClock()
    clock.tell(date(NOON), NOON + 900, NOON + 950)
    clock.tell(date(NOON), NOON - 8_000, NOON + 1_000)
    expect(clock.ahead.value).toBe(0)
  })

  it('follows a clock that is put right', () => {
    const clock = serverClock()
    clock.tell(date(NOON), NOON - 3 * HOUR, NOON - 3 * HOUR)
    clock.tell(date(NOON), NOON, NOON)
    expect(Math.abs(clock.ahead.value)).toBeLessThanOrEqual(1_000)
  })

  it('knows that no meow comes from the future', () => {
    const clock = serverClock()
    clock.hasBeen('2026-03-10T12:00:00Z', NOON - HOUR)
    expect(clock.ahead.value).toBe(HOUR)
    clock.hasBeen('2026-03-10T09:00:00Z', NOON)
    clock.hasBeen('soon', NOON)
    expect(clock.ahead.value).toBe(HOUR)
  })

  it.each([null, '', 'soon'])('learns nothing of %j', (nothing) => {
    const clock = serverClock()
    clock.tell(nothing, NOON, NOON)
    expect(clock.ahead.value).toBe(0)
  })

  it('learns nothing when the clock was put back while the answer was on its way', () => {
    const clock = serverClock()
    clock.tell(date(NOON), NOON, NOON - HOUR)
    expect(clock.ahead.value).toBe(0)
  })
})

describe('the clock of the page', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON })
  })
  afterEach(() => {
    servers.tell(date(NOON), NOON, NOON)
    vi.useRealTimers()
  })

  it('is told by every answer, also by a refusal', async () => {
    const server = FakeServer.install()
    const asking = fetchPosition().catch(() => undefined)
    await server.last.refuse(503, 'not now', { Date: date(NOON + 3 * HOUR) })
    await asking
    expect(servers.ahead.value).toBe(3 * HOUR)
  })
})
