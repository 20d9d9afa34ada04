import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { render } from '../testing/render'
import WallSetup from './WallSetup.vue'

function theSetup(search = '') {
  const setup = render(WallSetup, { search })
  return { setup, address: () => setup.get('code').text() }
}

describe('the setup of a wall', () => {
  it('begins with the address of the usual wall', () => {
    const { setup, address } = theSetup()
    expect(address()).toBe(`${location.origin}/wall`)
    expect(setup.get('a.button').attributes('href')).toBe(`${location.origin}/wall`)
    expect(document.title).toBe('Set up a wall · Meower')
  })

  it('shows the address while it is made', async () => {
    const { setup, address } = theSetup()
    await setup.get('#tag').setValue('#fest')
    await setup.get('#title').setValue('Summer & fest')
    await setup.get('#pace').setValue(' 8 ')
    await setup.get('#lines').setValue('3')
    await setup.get('[value=dark]').setValue(true)
    await setup.get('[type=checkbox]').setValue(false)

    const made = `${location.origin}/wall?tag=fest&title=Summer+%26+fest&pace=8&lines=3&theme=dark&qr=0`
    expect(address()).toBe(made)
    expect(setup.get('a.button').attributes('href')).toBe(made)
  })

  it('begins with what it is given', () => {
    const { address } = theSetup('?tag=fest&lines=3&qr=0')
    expect(address()).toBe(`${location.origin}/wall?tag=fest&lines=3&qr=0`)
  })

  it.each([
    ['#tag', '2026', 'This is no hashtag'],
    ['#pace', '0', 'From 1 to 600 seconds'],
    ['#lines', '13', 'The wall would show 5.'],
  ])('says of %s that %s is nothing', async (field, value, words) => {
    const { setup, address } = theSetup()
    await setup.get(field).setValue(value)

    expect(setup.get(`${field}-help`).text()).toContain(words)
    expect(setup.get(field).attributes()).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': `${field.slice(1)}-help`,
    })
    expect(address()).toBe(`${location.origin}/wall`)
  })

  it('copies the address', async () => {
    const { setup, address } = theSetup('?tag=fest')
    await flushPromises() // Only then the browser has said that it lets us.
    await setup.get('button').trigger('click')
    await flushPromises()

    expect(await navigator.clipboard.readText()).toBe(address())
    expect(setup.get('[role=status]').text()).toBe('Address copied.')
  })

  it('says that nobody else finds this machine by its own name', () => {
    expect(location.hostname).toBe('localhost')
    expect(theSetup().setup.text()).toContain('Only this machine finds')
  })
})
