import { everyPage } from './every-page'
import { actionsOf, notWalked } from './page-actions'
import { type BrowserStage, setBrowserStage } from './stage'
import { tapEverything } from './tap-everything'

let stage: BrowserStage

beforeAll(async () => {
  stage = await setBrowserStage()
}, 300_000)

afterAll(() => stage?.stop())

test('every page of the app is walked, or is on the list of those that are not', () => {
  const named = [...Object.keys(actionsOf), ...notWalked]
  expect(named.sort()).toEqual(everyPage.map(({ name }) => name).sort())
})

const walked = everyPage.filter(({ name }) => name in actionsOf)

describe('under the headers of production, everything that can be tapped is tapped, and the browser has nothing to say', () => {
  test.each(walked)('on $name', async (visit) => {
    const { needed, refusals = [] } = actionsOf[visit.name] ?? { needed: [] }
    const { tapped, complaints } = await tapEverything(stage, visit, refusals)
    if (process.env.SHOW_ACTIONS) process.stderr.write(`  ${visit.name}: ${[...tapped].join(', ')}\n`)
    expect(complaints).toEqual([])
    expect(needed.filter((kind) => !tapped.has(kind))).toEqual([])
  })
})
