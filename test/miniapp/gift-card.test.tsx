import { fireEvent, render } from '@testing-library/react'
import { badgesOf, GiftCard } from '../../miniapp/src/components/gift-card/gift-card'
import { sampleGift } from './support/samples'

it('shows name, price with separators and the market price', () => {
  const { container } = render(<GiftCard gift={sampleGift()} onPress={() => undefined} />)
  expect(container.textContent).toContain('随行保温杯 480ml 松针绿')
  expect(container.textContent).toContain('3,600')
  expect(container.textContent).toContain('¥168')
})

it('opens with a tap, and in a browser with the keyboard', () => {
  process.env.TARO_ENV = 'h5'
  const open = jest.fn()
  const { container } = render(<GiftCard gift={sampleGift()} onPress={open} />)
  const card = container.querySelector('#gift-gift-1')
  if (!card) throw new Error('There is no card')
  fireEvent.click(card)
  fireEvent.keyDown(card, { key: 'Enter' })
  fireEvent.keyDown(card, { key: 'a' })
  expect(open).toHaveBeenCalledTimes(2)
  delete process.env.TARO_ENV
})

it('says that a gift has run out, and then has no badges', () => {
  const gift = sampleGift({ isSoldOut: true, stock: 0 })
  const { container } = render(<GiftCard gift={gift} onPress={() => undefined} />)
  expect(container.textContent).toContain('已换完')
  expect(badgesOf(gift)).toEqual([])
})

it('never shows more than two badges, the pressing ones first', () => {
  const gift = sampleGift({
    isScarce: true,
    isNew: true,
    perMemberLimit: 1,
    saleEndsAt: '2026-12-01T00:00:00.000Z',
  })
  expect(badgesOf(gift).map(({ label }) => label)).toEqual(['限量 12 件', '限时'])
})
