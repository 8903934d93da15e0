import { act, fireEvent, waitFor } from '@testing-library/react'
import { showToast } from '../../miniapp/src/components/toast/toast'
import type { EntriesPage, PointsEntry } from '../../miniapp/src/features/points/points.queries'
import PointsEntriesPage from '../../miniapp/src/packages/points/entries'
import { EntryRow } from '../../miniapp/src/packages/points/entries/entry-row'
import { type Answer, platform, type SentRequest } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'

const sampleEntry = (override: Partial<PointsEntry> = {}): PointsEntry => ({
  id: 'entry-1',
  kind: 'earn',
  change: 25,
  availableAfter: 1_225,
  title: '每日签到',
  detail: null,
  rules: [],
  orderId: null,
  expiresOn: null,
  occurredAt: '2020-03-04T01:02:00.000Z',
  businessDate: '2020-03-04',
  ...override,
})

const element = (container: HTMLElement, selector: string): HTMLElement => {
  const found = container.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`There is no ${selector}`)
  return found
}

describe('a row', () => {
  const linesOf = (entry: PointsEntry) => {
    const { container } = renderInApp(<EntryRow entry={entry} />)
    return [...container.querySelectorAll('.entry__line')].map(({ textContent }) => textContent)
  }

  it('says when it was, when the points expire and which rules made them', () => {
    const rules = [
      { id: 'a', title: '每日签到 5' },
      { id: 'b', title: '连续 7 天 20' },
    ]
    expect(linesOf(sampleEntry({ rules, expiresOn: '2027-11-22', detail: '其中 5 积分补了欠款' }))).toEqual([
      '2020年3月4日 09:02 · 其中 5 积分补了欠款',
      '2027年11月22日到期 · 规则：每日签到 5；连续 7 天 20',
    ])
  })

  it('has no empty line where no rule and no date belong to it', () => {
    expect(linesOf(sampleEntry())).toEqual(['2020年3月4日 09:02'])
    expect(linesOf(sampleEntry({ expiresOn: '2027-11-22' }))).toHaveLength(2)
  })

  it('opens its order', () => {
    freshPhone('member')
    const { container } = renderInApp(<EntryRow entry={sampleEntry({ orderId: 'order-7', change: -50 })} />)
    fireEvent.click(element(container, '#entry-entry-1'))
    expect(platform.opened).toEqual(['/packages/order/detail/index?id=order-7'])
  })
})

describe('the page', () => {
  const page: EntriesPage = {
    items: [sampleEntry()],
    nextCursor: null,
    months: [{ month: '2020-03', gained: 25, used: 0 }],
  }
  const csv = '时间,类型\r\n'
  let file: (request: SentRequest) => Answer | Promise<Answer>
  let debt = 0

  beforeEach(() => {
    freshPhone('member')
    debt = 0
    file = () => ({ statusCode: 200, data: csv })
    platform.answer = (request) => {
      if (request.url.includes('/statements/')) return file(request)
      const data = request.url.includes('/entries')
        ? page
        : { available: 1, frozen: 0, debt, expiringSoon: [] }
      return { statusCode: 200, data }
    }
  })
  afterEach(() => {
    delete process.env.TARO_ENV
  })

  const openPage = async () => {
    const { container } = renderInApp(<PointsEntriesPage />)
    await waitFor(() => element(container, '#statement-2020-03'))
    return container
  }
  const tap = (container: HTMLElement, id: string) => fireEvent.click(element(container, `#${id}`))

  it('has a chip for everything and for each filter, in a row that scrolls', async () => {
    const container = await openPage()
    expect([...container.querySelectorAll('.chip-row .chip')].map(({ textContent }) => textContent)).toEqual([
      '全部',
      '获得',
      '使用',
      '冻结',
      '退回',
      '到期',
    ])
  })

  it('says what is owed and who pays it', async () => {
    debt = 40
    const container = await openPage()
    await waitFor(() => expect(element(container, '#debt').textContent).toContain('还欠 40 积分'))
  })

  it('says nothing of a debt that is none', async () => {
    const container = await openPage()
    await waitFor(() => expect(container.querySelector('.balance-skeleton')).toBeNull())
    expect(container.querySelector('#debt')).toBeNull()
  })

  it('gets the statement with the token, as text, and a browser downloads it marked as UTF-8', async () => {
    process.env.TARO_ENV = 'h5'
    const blobs: Blob[] = []
    const clicked: string[] = []
    URL.createObjectURL = (blob: Blob) => {
      blobs.push(blob)
      return 'blob:1'
    }
    URL.revokeObjectURL = () => undefined
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      clicked.push(this.download)
    })
    const container = await openPage()
    tap(container, 'statement-2020-03')
    await waitFor(() => expect(element(container, '#toast').textContent).toBe('对账单已下载'))
    const sent = platform.requests.at(-1)
    expect(sent).toMatchObject({
      url: '/api/member/points/statements/2020-03',
      header: { authorization: 'Bearer member-token' },
      dataType: 'text',
    })
    expect(clicked).toEqual(['积分对账单-2020-03.csv'])
    const bytes = await new Promise<string>((resolve) => {
      const reader = new FileReader()
      reader.onload = () => resolve(Buffer.from(reader.result as ArrayBuffer).toString('utf8'))
      reader.readAsArrayBuffer(blobs[0] ?? new Blob())
    })
    expect(bytes).toBe(`\ufeff${csv}`)
    click.mockRestore()
  })

  it('in the mini program keeps the file and sends it on with a second tap', async () => {
    process.env.TARO_ENV = 'weapp'
    const container = await openPage()
    tap(container, 'statement-2020-03')
    await waitFor(() => element(container, '#confirm-yes'))
    const filePath = 'wxfile://usr/积分对账单-2020-03.csv'
    expect(platform.files).toEqual([{ filePath, data: `\ufeff${csv}` }])
    expect(platform.shared).toEqual([])
    act(() => showToast('先前的话'))
    tap(container, 'confirm-yes')
    await waitFor(() => expect(container.querySelector('#confirm-yes')).toBeNull())
    expect(platform.shared).toEqual([filePath])
    expect(element(container, '#toast').textContent).toBe('先前的话')
  })

  it.each([
    ['unknown', '没有发出去，请更新微信后再试'],
    ['shareFileMessage:fail', '没有发出去，请更新微信后再试'],
    ['shareFileMessage:fail cancel', '先前的话'],
  ])('when sending ends with %s it says %s', async (outcome, message) => {
    process.env.TARO_ENV = 'weapp'
    const container = await openPage()
    platform.sharingFails = outcome
    act(() => showToast('先前的话'))
    tap(container, 'statement-2020-03')
    await waitFor(() => element(container, '#confirm-yes'))
    tap(container, 'confirm-yes')
    await waitFor(() => expect(container.querySelector('#confirm-yes')).toBeNull())
    expect(element(container, '#toast').textContent).toBe(message)
  })

  it('is busy meanwhile, and says in words why it failed', async () => {
    let answer: (value: Answer) => void = () => undefined
    file = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const container = await openPage()
    tap(container, 'statement-2020-03')
    await waitFor(() => expect(element(container, '#statement-2020-03').textContent).toBe('正在导出…'))
    tap(container, 'statement-2020-03')
    const data = JSON.stringify({ error: { code: 'request.invalid', message: '这个月还没有到' } })
    await act(async () => answer({ statusCode: 400, data }))
    await waitFor(() => expect(element(container, '#toast').textContent).toBe('这个月还没有到'))
    expect(platform.requests.filter(({ url }) => url.includes('/statements/'))).toHaveLength(1)
    expect(element(container, '#statement-2020-03').textContent).toBe('导出对账单')
  })
})
