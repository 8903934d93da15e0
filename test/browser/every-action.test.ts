import { everyPage } from './every-page'
import { actionsOf } from './page-actions'
import { type BrowserStage, setBrowserStage } from './stage'
import { tapEverything } from './tap-everything'

let stage: BrowserStage

beforeAll(async () => {
  stage = await setBrowserStage()
}, 300_000)

afterAll(() => stage?.stop())

test('every page of the app says what can be done on it', () => {
  expect(Object.keys(actionsOf).sort()).toEqual(everyPage.map(({ name }) => name).sort())
})

describe('under the headers of production, everything that can be tapped is tapped, and the browser has nothing to say', () => {
  test.each(everyPage)('on $name', async (visit) => {
    const { needed, refusals = [] } = actionsOf[visit.name] ?? { needed: [] }
    const { tapped, complaints } = await tapEverything(stage, visit, refusals)
    if (process.env.SHOW_ACTIONS) process.stderr.write(`  ${visit.name}: ${[...tapped].join(', ')}\n`)
    expect(complaints).toEqual([])
    expect(needed.filter((kind) => !tapped.has(kind))).toEqual([])
  })
})
