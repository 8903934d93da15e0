import { act, fireEvent } from '@testing-library/react'
import { PhotoField } from '../../miniapp/src/features/uploads/photo-field'
import { usePhotoUploads } from '../../miniapp/src/features/uploads/photo-uploads'
import { type Answer, platform } from './stubs/taro'
import { byId, freshPhone, pending, renderInApp } from './support/render'

const uploaded: Answer = { statusCode: 201, data: JSON.stringify({ upload: { id: 'photo-1' } }) }

const Field = () => <PhotoField uploads={usePhotoUploads(3)} max={3} />

function openField(...chosen: string[]) {
  platform.chosenPhotos = chosen
  const { container } = renderInApp(<Field />)
  return {
    tap: (id: string) => act(async () => void fireEvent.click(byId(container, id))),
    state: (index: number) => container.querySelector(`#photo-state-${index}`)?.textContent ?? null,
    pictures: () => container.querySelectorAll('.photo__image').length,
  }
}

const pass = (ms: number) => act(async () => void (await jest.advanceTimersByTimeAsync(ms)))

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] })
  freshPhone('member')
})
afterEach(() => jest.useRealTimers())

it('a picture that gets no answer is sent twice, says so, stays, and goes up at a tap', async () => {
  platform.answerUpload = () => new Promise(() => undefined)
  const field = openField('temporary:1')
  await field.tap('photo-add')
  expect(field.state(0)).toBe('上传中')
  await pass(80_000)
  expect(field.state(0)).toBe('没传上，点这里再试')
  expect(platform.uploads.map(({ filePath }) => filePath)).toEqual(['temporary:1', 'temporary:1'])
  expect(platform.endedUploads).toHaveLength(2)
  platform.answerUpload = () => uploaded
  await field.tap('photo-state-0')
  expect(field.state(0)).toBeNull()
  expect(field.pictures()).toBe(1)
})

it('a picture that is taken out while it is sent is sent no further, and is not sent again', async () => {
  const sending = pending<Answer>()
  platform.answerUpload = () => sending.promise
  const field = openField('temporary:1')
  await field.tap('photo-add')
  await field.tap('photo-remove-0')
  await pass(80_000)
  expect(platform.endedUploads).toEqual(['temporary:1'])
  expect(platform.uploads).toHaveLength(1)
  expect(field.pictures()).toBe(0)
})

it('a picture that is taken out before its turn is never sent', async () => {
  const sending = pending<Answer>()
  platform.answerUpload = () => sending.promise
  const field = openField('temporary:1', 'temporary:2')
  await field.tap('photo-add')
  await field.tap('photo-remove-1')
  await act(async () => sending.resolve(uploaded))
  expect(platform.uploads).toHaveLength(1)
  expect(field.pictures()).toBe(1)
})
