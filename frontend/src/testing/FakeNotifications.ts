import { onTestFinished, vi } from 'vitest'

/** The notifications of a browser, which this environment does not have, until the test is over. */
export class FakeNotifications {
  permission: NotificationPermission = 'default'
  /** What somebody says when the browser asks. */
  answer: NotificationPermission = 'granted'
  asked = 0
  /** What is on the screen, by its tag. */
  readonly shown = new Map<string, FakeNotification>()
  /** How often something was shown. */
  count = 0

  static install(): FakeNotifications {
    const system = new FakeNotifications()
    class Shown extends FakeNotification {
      static get permission() {
        return system.permission
      }

      static requestPermission() {
        system.asked += 1
        system.permission = system.answer
        return Promise.resolve(system.answer)
      }

      constructor(title: string, options: NotificationOptions) {
        super(system, title, options)
      }
    }
    vi.stubGlobal('Notification', Shown)
    return system
  }

  /** Has a worker by which they are shown. */
  withWorker() {
    const registration = {
      active: {},
      showNotification: vi.fn((title: string, options: NotificationOptions) => {
        new FakeNotification(this, title, options)
        return Promise.resolve()
      }),
      getNotifications: () => Promise.resolve([...this.shown.values()]),
    }
    const container = Object.assign(new EventTarget(), {
      getRegistration: () => Promise.resolve(registration),
    })
    Object.defineProperty(navigator, 'serviceWorker', { value: container, configurable: true })
    onTestFinished(() => {
      Reflect.deleteProperty(navigator, 'serviceWorker')
    })
    return { registration, container }
  }

  get titles(): readonly string[] {
    return [...this.shown.values()].map(({ title }) => title.replace(/[\u2068\u2069]/g, ''))
  }

  get only(): FakeNotification {
    const [only, ...others] = this.shown.values()
    if (only === undefined || others.length > 0) throw new Error('There is not exactly one.')
    return only
  }
}

export class FakeNotification {
  onclick: (() => void) | null = null
  readonly tag: string
  readonly body: string
  readonly data: unknown

  constructor(
    readonly system: FakeNotifications,
    readonly title: string,
    { tag = '', body = '', data }: NotificationOptions,
  ) {
    this.tag = tag
    this.body = body
    this.data = data
    system.shown.set(tag, this)
    system.count += 1
  }

  close() {
    if (this.system.shown.get(this.tag) === this) this.system.shown.delete(this.tag)
  }
}
