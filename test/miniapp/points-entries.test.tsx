import { act, fireEvent, waitFor } from '@testing-library/react'
import EntriesPage from '../../miniapp/src/packages/points/entries/index'
import { platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'

const entry = (override: object = {}) => ({
  id: 'entry-1',
  kind: 'earn',
  change: 25,
  availableAfter: 125,
  title: '连续签到 7 天',
  detail: null,
  rules: [
    { id: 'check-in.daily', title: '每日签到 5' },
    { id: 'check-in.week', title: '每连续签到 7 天加 20' },
  ],
  orderId: null,
  expiresOn: '2099-11-22',
  occurredAt: '2098-11-22T01:00:00.000Z',
  businessDate: '2098-11-22',
  ...override,
})

function serve(options: { debt?: number; items?: object[]; statementStatus?: number } = {}) {
  platform.answer = ({ url }) => {
    if (url.includes('/statements/')) {
      return { statusCode: options.statementStatus ?? 200, data: new ArrayBuffer(8) }
    }
    if (url.includes('/entries')) {
      const months = [{ month: '2098-11', gained: 25, used: 0 }]
      return { statusCode: 200, data: { items: options.items ?? [entry()], months, nextCursor: null } }
    }
    return {
      statusCode: 200,
      data: { available: 125, frozen: 0, debt: options.debt ?? 0, expiringSoon: [] },
    }
  }
}

async function open() {
  const { container } = renderInApp(<EntriesPage />)
  await waitFor(() => expect(container.querySelector('.entry')).not.toBeNull())
  return container
}

beforeEach(() => freshPhone('member'))

it('says of an entry what happened, which rules made it and until when the points last', async () => {
  serve()
  const words = (await open()).querySelector('.entry')?.textContent
  expect(words).toContain('连续签到 7 天')
  expect(words).toContain('规则：每日签到 5；每连续签到 7 天加 20')
  expect(words).toContain('2099年11月22日到期')
})

it('says no date of points that went out', async () => {
  serve({ items: [entry({ kind: 'adjust', change: -5, rules: [], title: '积分调整' })] })
  expect((await open()).querySelector('.entry')?.textContent).not.toContain('到期')
})

it('tells a debt and what it means', async () => {
  serve({ debt: 40 })
  const container = await open()
  await waitFor(() => expect(container.querySelector('#debt')?.textContent).toContain('还欠 40 积分'))
})

it('says nothing of debts when there is none', async () => {
  serve()
  expect((await open()).querySelector('#debt')).toBeNull()
})

it('gets the statement of a month, and says so when it could not', async () => {
  const saved: string[] = []
  const originals = { create: URL.createObjectURL, revoke: URL.revokeObjectURL }
  URL.createObjectURL = () => 'blob:statement'
  URL.revokeObjectURL = () => undefined
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download)
  })
  serve()
  const container = await open()
  const button = container.querySelector('#statement-2098-11')
  if (!button) throw new Error('no button')
  await act(async () => void fireEvent.click(button))
  await waitFor(() => expect(saved).toEqual(['积分对账单-2098-11.csv']))
  expect(platform.requests.at(-1)).toMatchObject({
    url: expect.stringContaining('/api/member/points/statements/2098-11'),
    responseType: 'arraybuffer',
  })
  serve({ statementStatus: 400 })
  await act(async () => void fireEvent.click(button))
  await waitFor(() => expect(document.querySelector('#toast')?.textContent).toBeTruthy())
  expect(saved).toHaveLength(1)
  Object.assign(URL, { createObjectURL: originals.create, revokeObjectURL: originals.revoke })
})
