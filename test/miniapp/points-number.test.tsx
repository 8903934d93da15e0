import { act, render } from '@testing-library/react'
import { PointsNumber } from '../../miniapp/src/components/points-number/points-number'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

const shown = (container: HTMLElement) => container.querySelector('#points')?.textContent

it('counts up and ends on exactly the new number', () => {
  const { container, rerender } = render(<PointsNumber id="points" points={100} size="hero" countsUp />)
  act(() => jest.advanceTimersByTime(2_000))
  expect(shown(container)).toBe('100')
  rerender(<PointsNumber id="points" points={12_485} size="hero" countsUp />)
  act(() => jest.advanceTimersByTime(200))
  expect(shown(container)).not.toBe('100')
  expect(shown(container)).not.toBe('12,485')
  act(() => jest.advanceTimersByTime(2_000))
  expect(shown(container)).toBe('12,485')
})

it('tells a screen reader the true number at once', () => {
  const { container } = render(<PointsNumber id="points" points={12_485} size="hero" countsUp />)
  expect(container.querySelector('#points')?.getAttribute('aria-label')).toBe('12,485积分')
})

it('does not move where it is not asked to', () => {
  const { container } = render(<PointsNumber id="points" points={3_600} size="medium" />)
  expect(shown(container)).toBe('3,600')
})
