import { parseArgs } from 'node:util'
import { measurePage } from './page.js'
import { measureWall } from './wall.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
})

const rows = await measurePage(Number(values.rounds), values.only)
const minutes = Number(values.minutes)
if (minutes > 0) {
  const heaps = await measureWall(minutes)
  // In the first minutes code is compiled and the rotation fills.
  const settled = heaps.slice(Math.min(5, heaps.length - 1))
  const mb = (value = NaN) => `${value.toFixed(2)} MB`
  rows.push({
    what: `heap of the wall over ${minutes} minutes, first and last settled`,
    figures: [settled[0] ?? NaN, settled.at(-1) ?? NaN],
    target: 'flat',
    format: mb,
  })
}

const median = (figures: readonly number[]) =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN

console.log('\n| what | median | each | target |\n| --- | ---: | --- | --- |')
for (const { what, figures, target, format } of rows) {
  const each = figures.map(format).join(', ')
  console.log(`| ${what} | ${format(median(figures))} | ${each} | ${target} |`)
}
