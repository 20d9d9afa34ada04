import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  badge,
  bodies,
  compose,
  desk,
  disturb,
  meow,
  phone,
  post,
  restore,
  screenshot,
  violations,
  visitors,
  write,
} from './meower.js'

const { newContext, visitor } = visitors()

/** Which meow is in the middle of the window, and how far below the window's top it begins. */
async function placeOfTheRead(page: Page) {
  return page.evaluate(() => {
    const middle = window.innerHeight / 2
    const read = [...document.querySelectorAll('article')].find(
      (article) => article.getBoundingClientRect().bottom > middle,
    )
    return { id: read?.dataset.id, top: Math.round(read?.getBoundingClientRect().top ?? 0) }
  })
}

describe('two visitors', () => {
  it('see a meow live that one of them posts, and find it', async () => {
    const one = await visitor()
    const other = await visitor(phone)

    await write(one, 'Breakfast for #whiskers 🐈')
    await one.getByRole('button', { name: 'Post' }).click()

    await meow(other, 'Breakfast for #whiskers').waitFor()
    await meow(one, 'Breakfast for #whiskers').waitFor()
    expect(await meow(one, 'Breakfast for #whiskers').count()).toBe(1)

    await expect
      .poll(
        async () => {
          const searching = await visitor(desk, '/?q=brekfast')
          await searching.getByText(/found/).first().waitFor()
          return searching.locator('mark').allInnerTexts()
        },
        { timeout: 20_000 },
      )
      .toEqual(['Breakfast'])
  })

  it('see meows in the same order', async () => {
    const one = await visitor()
    const other = await visitor()

    await Promise.all([...Array(20).keys()].map((i) => post(`same order ${i}`)))

    for (const page of [one, other]) {
      await expect
        .poll(async () => (await bodies(page)).filter((b) => b.startsWith('same order')).length)
        .toBe(20)
    }
    const seen = (await bodies(one)).filter((b) => b.startsWith('same order'))
    expect((await bodies(other)).filter((b) => b.startsWith('same order'))).toEqual(seen)
    const reloaded = await visitor()
    await expect
      .poll(async () => (await bodies(reloaded)).filter((b) => b.startsWith('same order')))
      .toEqual(seen)
  })
})

describe('a reader who has scrolled down', () => {
  it('is not moved by new meows but can ask for them', async () => {
    await Promise.all([...Array(40).keys()].map((i) => post(`something to scroll ${i}`)))
    const page = await visitor()
    // Whatever comes while somebody reads would be counted, too.
    await expect.poll(() => meow(page, 'something to scroll').count(), { timeout: 20_000 }).toBe(40)
    await page.mouse.wheel(0, 900)
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(500)
    const place = await placeOfTheRead(page)

    await post('arrives while reading')

    const button = page.getByRole('button', { name: 'Show 1 new meow' })
    await button.waitFor()
    expect(await placeOfTheRead(page)).toEqual(place)
    expect(await meow(page, 'arrives while reading').count()).toBe(0)
    await button.click()
    await meow(page, 'arrives while reading').waitFor({ state: 'attached' })
    expect(await placeOfTheRead(page)).toEqual(place)
    await page.getByRole('button', { name: 'Go to the newest' }).click()
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(100)
  })

  it('gets older meows by scrolling', async () => {
    await Promise.all([...Array(130).keys()].map((i) => post(`long ago ${i}`)))
    // What the feed brings while somebody scrolls waits above, and would not be counted.
    await expect
      .poll(
        async () => {
          const answer = await fetch(`${process.env.MEOWER_URL}/meows?take=130`)
          const meows = (await answer.json()) as { body: string }[]
          return meows.filter(({ body }) => body.startsWith('long ago')).length
        },
        { timeout: 20_000 },
      )
      .toBe(130)
    const page = await visitor()
    await meow(page, 'long ago').first().waitFor()
    const first = (await bodies(page)).length

    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 5000)
          return (await bodies(page)).length
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(Math.max(first, 130))
    const all = await page.locator('article').evaluateAll((a) => a.map((e) => e.dataset.id))
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('a body', () => {
  it('is text, whatever it looks like', async () => {
    const page = await visitor()
    const attack = '<img src=x onerror="document.title=1"> <b>bold</b> &amp;'

    await post(attack)

    await meow(page, '<b>bold</b>').waitFor()
    expect(await bodies(page)).toContain(attack)
    expect(await page.locator('article img, article b').count()).toBe(0)
    expect(await page.title()).toBe('Meower')
  })

  it('has links, and tags that search', async () => {
    const page = await visitor()
    await post('see https://example.org/cats?a=1 and #tagsearch')
    const found = meow(page, '#tagsearch')
    await found.waitFor()

    const link = found.getByRole('link', { name: 'https://example.org/cats?a=1' })
    expect(await link.getAttribute('href')).toBe('https://example.org/cats?a=1')
    expect(await link.getAttribute('rel')).toContain('noopener')
    await expect
      .poll(
        async () => {
          await page.goto('about:blank')
          await page.goto(`${process.env.MEOWER_URL}/`)
          await meow(page, '#tagsearch').getByRole('link', { name: '#tagsearch' }).click()
          await page.getByRole('link', { name: 'Search for #tagsearch' }).click()
          await page.getByText(/found/).first().waitFor()
          return page.locator('mark').allInnerTexts()
        },
        { timeout: 20_000 },
      )
      .toEqual(['#tagsearch'])
    expect(page.url()).toContain('q=%23tagsearch')
  })
})

describe('the composer', () => {
  it('posts with the keyboard and refuses what is too long', async () => {
    const page = await visitor()
    const button = page.getByRole('button', { name: 'Post' })
    expect(await button.isDisabled()).toBe(true)

    await write(page, '🐈'.repeat(141))
    expect(await button.isDisabled()).toBe(true)
    await page.getByText('Shorten it by 1 character').waitFor()

    await write(page, 'posted with the keyboard')
    await page.keyboard.press('Control+Enter')
    await meow(page, 'posted with the keyboard').waitFor()
    await expect.poll(() => page.getByLabel('What’s the meow?').inputValue()).toBe('')
  })

  it('posts by itself when Meower was away, and once', async () => {
    const page = await visitor()
    await disturb('kill', 'command')
    await write(page, 'kept through the failure')
    await page.getByRole('button', { name: 'Post' }).click()

    await page.locator('.post').getByText('Waiting: not available.').waitFor()
    await screenshot(page, 'posting-again')
    expect(await page.getByLabel('What’s the meow?').inputValue()).toBe('')

    await disturb('start', 'command')
    await meow(page, 'kept through the failure').waitFor({ timeout: 60_000 })
    const reloaded = await visitor()
    await meow(reloaded, 'kept through the failure').waitFor()
    expect(await meow(page, 'kept through the failure').count()).toBe(1)
    expect(await meow(reloaded, 'kept through the failure').count()).toBe(1)
  })

  it('posts once when the answer got lost', async () => {
    const page = await visitor()
    let lost = 0
    await page.route('**/meows', async (route) => {
      if (route.request().method() === 'POST' && lost === 0) {
        lost += 1
        await route.fetch()
        await route.abort()
      } else {
        await route.continue()
      }
    })

    await write(page, 'the answer got lost')
    await page.getByRole('button', { name: 'Post' }).click()

    await page.getByText('Your meow is posted.').waitFor({ state: 'attached' })
    await post('after the lost answer')
    await meow(page, 'after the lost answer').waitFor()
    expect(lost).toBe(1)
    expect(await meow(page, 'the answer got lost').count()).toBe(1)
  })

  it('knows of a word before it is composed', async () => {
    const page = await visitor(phone)
    await page.getByLabel('What’s the meow?').focus()
    await compose(page, 'Hello')

    await page.getByText('135 characters left').waitFor()
    expect(await page.getByRole('button', { name: 'Post' }).isEnabled()).toBe(true)
    await page.reload()
    expect(await page.getByLabel('What’s the meow?').inputValue()).toBe('Hello')
  })

  it('goes on posting while another view is shown', async () => {
    const page = await visitor()
    let tries = 0
    await page.route('**/meows', async (route) => {
      tries += 1
      // After the second one the answer is lost.
      if (tries === 2) await route.fetch()
      if (tries <= 2) await route.abort()
      else await route.continue()
    })
    await write(page, 'sent from another view')
    await page.keyboard.press('Control+Enter')
    const waiting = page.locator('.post').getByText('Waiting: Meower cannot be reached.')
    await waiting.waitFor()

    await page.getByRole('link', { name: 'Search', exact: true }).click()
    await page.getByText('Your meow is posted.').waitFor({ state: 'attached' })
    await page.getByRole('link', { name: 'Timeline', exact: true }).click()

    await meow(page, 'sent from another view').waitFor()
    expect(await meow(page, 'sent from another view').count()).toBe(1)
    expect(await page.getByLabel('What’s the meow?').inputValue()).toBe('')
    expect(tries).toBe(3)
  })

  it.each([
    { name: 'phone', options: phone },
    { name: 'desk', options: desk },
  ])('says in another view, on a $name, that a post failed', async ({ name, options }) => {
    const page = await visitor(options)
    let tries = 0
    await page.route('**/meows', async (route) => {
      tries += 1
      if (tries === 1) await route.abort()
      else await route.fulfill({ status: 403, json: { detail: 'Posting is closed today.' } })
    })
    await write(page, 'not for today')
    await page.keyboard.press('Control+Enter')
    await page.locator('.post').getByText('Waiting: Meower cannot be reached.').waitFor()

    await page.getByRole('link', { name: 'Search', exact: true }).click()
    const refused = page.locator('.post', { hasText: 'Not accepted: Posting is closed today.' })
    await refused.waitFor()
    await screenshot(page, `not-posted-${name}`)
    expect(await violations(page)).toEqual([])
    await refused.getByRole('button', { name: 'Edit' }).click()

    await refused.waitFor({ state: 'detached' })
    const dialog = page.getByRole('dialog', { name: 'Write' })
    expect(await dialog.getByLabel('What’s the meow?').inputValue()).toBe('not for today')
  })

  it('posts the cells of a table with spaces, and refuses many lines', async () => {
    const page = await visitor()
    await write(page, `wall${'\n'.repeat(10)}of text`)
    await page.getByText('Remove 2 line breaks: a meow has at most 8.').waitFor()
    expect(await page.getByRole('button', { name: 'Post' }).isDisabled()).toBe(true)

    await write(page, 'Tom\t3 years')
    await page.keyboard.press('Control+Enter')
    await meow(page, 'Tom 3 years').waitFor()
  })
})

describe('the search', () => {
  it('answers the next question from its beginning, however fast it comes', async () => {
    await Promise.all([...Array(60).keys()].map((i) => post(`quayside ${i}`)))
    await post('lighthouse')
    const found = (query: string) =>
      expect.poll(
        async () => {
          const answer = await fetch(`${process.env.MEOWER_URL}/search?query=${query}&take=1`)
          return answer.headers.get('Meower-Total')
        },
        { timeout: 20_000 },
      )
    await found('quayside').toBe('60')
    await found('lighthouse').toBe('1')
    const page = await visitor(desk, '/?q=quayside')
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 5000)
          return (await bodies(page)).length
        },
        { timeout: 20_000 },
      )
      .toBe(60)
    const skips: (string | null)[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname === '/search') skips.push(searchParams.get('skip'))
    })

    await page.getByLabel('Search meows').fill('lighthouse')
    await page.keyboard.press('Enter')

    await page.getByText('1 meow found').waitFor()
    expect(await bodies(page)).toEqual(['lighthouse'])
    expect(skips).not.toContain('50')
  })

  it('shows the newest results live, and says how many the best matches lack', async () => {
    await post('a lonely peninsula')
    const searching = (order: string) => visitor(desk, `/?q=peninsula&sort=${order}`)
    await expect
      .poll(
        async () => {
          const page = await searching('newest')
          await page.getByText(/found/).first().waitFor()
          return page.locator('mark').count()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
    const newest = await searching('newest')
    const best = await searching('relevance')
    for (const page of [newest, best]) await page.getByText('1 meow found').waitFor()

    await post('no island')
    await post('the peninsula again')

    await meow(newest, 'the peninsula again').waitFor()
    expect(await bodies(newest)).toEqual(['the peninsula again', 'a lonely peninsula'])
    expect(await newest.locator('mark').allInnerTexts()).toEqual(['peninsula', 'peninsula'])
    await newest.getByRole('search').getByText('1 new meow').waitFor()
    expect(await violations(newest)).toEqual([])
    await screenshot(newest, 'search-live')
    await best.getByRole('button', { name: 'Show 1 new' }).waitFor()
    expect(await bodies(best)).toEqual(['a lonely peninsula'])
    expect(await violations(best)).toEqual([])
    await screenshot(best, 'search-new')
    await expect
      .poll(
        async () => {
          // The index may not have it yet: then it waits once more.
          const show = best.getByRole('button', { name: 'Show 1 new' })
          await show.or(meow(best, 'the peninsula again')).first().waitFor()
          if ((await show.count()) > 0) {
            await Promise.all([best.waitForResponse(/\/search\?/), show.click()])
          }
          return (await bodies(best)).length
        },
        { timeout: 20_000 },
      )
      .toBe(2)
  })

  it('asks nothing for nothing', async () => {
    const page = await visitor(desk, '/?q=')
    const asked: (string | null)[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname === '/search') asked.push(searchParams.get('query'))
    })

    const field = page.getByLabel('Search meows')
    for (const blanks of ['', '   ', '\u3000']) {
      await field.fill(blanks)
      await field.press('Enter')
    }
    await field.fill('whatever')
    await page.getByText(/found/).first().waitFor()

    expect(asked).toEqual(['whatever'])
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

describe('an open page', () => {
  it('says when it is not live, comes back by itself and reloads nothing', async () => {
    const page = await visitor()
    let reads = 0
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      // One meow alone is asked for to hear whether the feed lacks something.
      if (request.method() !== 'GET' || searchParams.get('take') === '1') return
      if (pathname === '/meows') reads += 1
    })

    await disturb('stop', 'pusher')
    await badge(page, 'Reconnecting')
    await screenshot(page, 'reconnecting')
    await post('posted while the feed was away')
    await disturb('start', 'pusher')

    await badge(page, 'Live')
    await meow(page, 'posted while the feed was away').waitFor()
    expect(await meow(page, 'posted while the feed was away').count()).toBe(1)
    expect(reads).toBe(0)
  })

  it('fills in what a slow connection left out', async () => {
    const page = await (await newContext()).newPage()
    let from = ''
    let left = 3
    await page.routeWebSocket('**/pusher*', (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => {
        const frame = JSON.parse(message.toString()) as { kind: number; position: string }
        if (frame.kind === 1 && left > 0) {
          left -= 1
          if (left === 0) socket.send(JSON.stringify({ kind: 3, from, to: frame.position }))
        } else {
          from = frame.position
          socket.send(message)
        }
      })
    })
    await page.goto(`${process.env.MEOWER_URL}/`)
    await badge(page, 'Live')

    for (let i = 1; i <= 4; i += 1) await post(`through the gap ${i}`)

    await expect
      .poll(async () => (await bodies(page)).filter((b) => b.startsWith('through the gap')), {
        timeout: 20_000,
      })
      .toEqual([4, 3, 2, 1].map((i) => `through the gap ${i}`))
  })

  it('says that what it reads is behind the feed, and takes it back', async () => {
    const page = await visitor()
    const reading = page.waitForResponse((response) => response.url().includes('/meows?'))
    await page.reload()
    const old = (await (await reading).headerValue('Meower-Position')) ?? ''
    await badge(page, 'Live')
    await post('not in the index yet')
    await meow(page, 'not in the index yet').waitFor()
    await page.route(/\/(search|meows)\?/, async (route) => {
      const response = await route.fetch()
      const headers = { ...response.headers(), 'meower-position': old }
      await route.fulfill({ response, headers })
    })

    await page.getByRole('link', { name: 'Search', exact: true }).click()
    const notice = page.getByText('They are catching up.')
    let searches = 0
    // Five seconds of being behind are usual and nothing to speak of.
    await expect
      .poll(
        async () => {
          searches += 1
          await page.getByLabel('Search meows').fill(`anything ${searches}`)
          return await notice.isVisible()
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(true)
    await screenshot(page, 'behind')
    expect(await violations(page)).toEqual([])

    await page.unrouteAll({ behavior: 'wait' })
    await notice.waitFor({ state: 'detached' })
  })

  it('goes on after every service was killed', async () => {
    const page = await visitor()

    for (const part of ['command', 'query', 'pusher', 'nginx'] as const) {
      await disturb('kill', part)
    }
    await badge(page, 'Reconnecting')
    await restore()
    await post('after the great restart')

    await badge(page, 'Live')
    await meow(page, 'after the great restart').waitFor()
  })

  it('says in words that timeline and search are not available', async () => {
    await disturb('stop', 'query')
    const page = await visitor()
    await page.getByText('The timeline is not available at the moment.').waitFor()
    await screenshot(page, 'timeline-unavailable')
    await post('live without the timeline')
    await meow(page, 'live without the timeline').waitFor()

    const searching = await visitor(desk, '/?q=anything')
    await searching.getByText('Search is not available at the moment.').waitFor()
    await screenshot(searching, 'search-unavailable')

    await disturb('start', 'query')
    await searching.getByText('Search is not available').waitFor({ state: 'detached' })
    await page.getByText('The timeline is not available').waitFor({ state: 'detached' })
    expect(await meow(page, 'live without the timeline').count()).toBe(1)
  })
})

describe.each([
  { name: 'phone', options: phone },
  { name: 'desk', options: desk },
])('on a $name', ({ name, options }) => {
  beforeEach(async () => {
    await post('A visit to the vet 🩺 #brave\nand home again https://example.org/vet')
    await post('نص عربي قصير #قطط')
  })

  it.each(['light', 'dark'] as const)('the %s page has no violations for axe', async (scheme) => {
    const timeline = await visitor({ ...options, colorScheme: scheme })
    await meow(timeline, 'A visit to the vet').first().waitFor()
    await screenshot(timeline, `timeline-${name}-${scheme}`)
    expect(await violations(timeline)).toEqual([])
    const overflow = await timeline.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)

    const search = await visitor({ ...options, colorScheme: scheme }, '/?q=visti')
    await search.locator('mark').first().waitFor()
    await screenshot(search, `search-${name}-${scheme}`)
    expect(await violations(search)).toEqual([])
  })
})

describe('the page', () => {
  it('breaks no rule of its own content security policy and logs no error', async () => {
    const page = await (await newContext()).newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))

    await page.goto(`${process.env.MEOWER_URL}/?q=%23brave`)
    await badge(page, 'Not live')
    await page.getByRole('link', { name: 'Timeline', exact: true }).click()
    await page.locator('article').first().waitFor()

    expect(complaints).toEqual([])
  })
})
