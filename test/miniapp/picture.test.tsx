import { fireEvent, render } from '@testing-library/react'
import { Picture } from '../../miniapp/src/components/picture/picture'
import { Avatar } from '../../miniapp/src/features/members/avatar'

const shownIn = (container: HTMLElement) => container.querySelector('img:not(.icon)')

it('a picture that does not come becomes a drawn gift, and another one is shown again', () => {
  const { container, rerender } = render(<Picture url="/files/broken.webp" />)
  const broken = shownIn(container)
  if (!broken) throw new Error('There is no picture')
  fireEvent.error(broken)
  expect(shownIn(container)).toBeNull()
  expect(container.querySelector('.picture .icon')).not.toBeNull()
  rerender(<Picture url="/files/whole.webp" />)
  expect(shownIn(container)?.getAttribute('src')).toContain('/files/whole.webp')
})

it('an avatar that does not come becomes a letter, and the next one that is chosen is shown', () => {
  const { container, rerender } = render(<Avatar nick="小满" url="/files/broken.webp" />)
  const broken = shownIn(container)
  if (!broken) throw new Error('There is no picture')
  fireEvent.error(broken)
  expect(container.textContent).toBe('小')
  rerender(<Avatar nick="小满" url="/files/whole.webp" />)
  expect(shownIn(container)?.getAttribute('src')).toContain('/files/whole.webp')
})
