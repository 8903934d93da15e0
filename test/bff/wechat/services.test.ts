import jsqr from 'jsqr'
import sharp from 'sharp'
import { DomainError } from '#bff/kernel/errors'
import { openSetting, paths, rejectionOf, type Setting } from './setting'

let setting: Setting
beforeEach(async () => {
  setting = await openSetting()
})
afterEach(() => setting.standIn.stop())

const message = {
  openid: 'o-1',
  templateId: 'template-1',
  page: 'pages/orders/index?id=1',
  values: { thing1: '保温杯', character_string2: 'A-17' },
}

describe('phone number', () => {
  test('a code gives the number, once', async () => {
    const { wechat, control } = setting
    const code = control.issuePhoneCode('13800000001')
    await expect(wechat.phoneNumberOf(code)).resolves.toBe('13800000001')
    await expect(wechat.phoneNumberOf(code)).rejects.toMatchObject({ code: 'auth.wechat_code_invalid' })
  })

  test('a request that WeChat may have seen is not sent again', async () => {
    const { wechat, control } = setting
    control.fail({ path: paths.phone, errcode: -1 })
    const code = control.issuePhoneCode('13800000001')
    await expect(wechat.phoneNumberOf(code)).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
    expect(control.requestCount(paths.phone)).toBe(1)
  })
})

describe('subscribe message', () => {
  test('arrives as it was sent', async () => {
    const { wechat, control } = setting
    await expect(wechat.sendSubscribeMessage(message)).resolves.toBe('sent')
    expect(control.messages()).toEqual([
      { ...message, miniProgramState: 'formal', sentAt: '2030-03-01T04:00:00.000Z' },
    ])
  })

  test('without consent is an answer, not an error', async () => {
    const { wechat, control } = setting
    control.fail({ path: paths.message, errcode: 43101 })
    await expect(wechat.sendSubscribeMessage(message)).resolves.toBe('not_subscribed')
  })

  test('is not sent twice when no answer came', async () => {
    const { wechat, control } = setting
    control.fail({ path: paths.message, httpStatus: 504 })
    await expect(wechat.sendSubscribeMessage(message)).rejects.toMatchObject({
      code: 'auth.wechat_unavailable',
    })
    expect(control.requestCount(paths.message)).toBe(1)
  })

  test('with an expired token is sent once, with the new one', async () => {
    const { wechat, control } = setting
    await wechat.sendSubscribeMessage(message)
    control.expireAccessTokens()
    await expect(wechat.sendSubscribeMessage(message)).resolves.toBe('sent')
    expect(control.messages()).toHaveLength(2)
  })

  test('with an unknown template is a bug of ours', async () => {
    const { wechat } = setting
    const error = await rejectionOf(wechat.sendSubscribeMessage({ ...message, templateId: '' }))
    expect(error).not.toBeInstanceOf(DomainError)
    expect(error).toMatchObject({ errcode: 40037 })
  })
})

test("a member's words quoted by WeChat do not reach the error", async () => {
  const { wechat } = setting
  await wechat.sendSubscribeMessage(message)
  const quoting = new Response('{"errcode":47003,"errmsg":"argument invalid! data.thing1.value 13800000001"}')
  const fetching = jest.spyOn(globalThis, 'fetch').mockResolvedValueOnce(quoting)
  const error = await rejectionOf(
    wechat.sendSubscribeMessage({ ...message, values: { thing1: '13800000001' } }),
  )
  fetching.mockRestore()
  expect(String(error)).toContain('47003 argument invalid! data.thing1.value ***')
})

describe('mini-program code', () => {
  test('is a picture that leads to the page with the scene', async () => {
    const { wechat } = setting
    const picture = await wechat.miniProgramCode({ scene: 'g=17', page: 'pages/gift/index', widthPx: 300 })
    const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 300, height: 300 })
    const read = jsqr(new Uint8ClampedArray(data), info.width, info.height)
    expect(read?.data).toBe('pages/gift/index?scene=g%3D17')
  })

  test('is asked for again after a failure', async () => {
    const { wechat, control } = setting
    control.fail({ path: paths.code, httpStatus: 500 })
    await expect(wechat.miniProgramCode({ scene: 'a', page: 'pages/gift/index' })).resolves.toBeInstanceOf(
      Buffer,
    )
    expect(control.requestCount(paths.code)).toBe(2)
  })

  test('refused as JSON is an error with its errcode', async () => {
    const { wechat } = setting
    const error = await rejectionOf(wechat.miniProgramCode({ scene: 'a', page: '/pages/gift/index' }))
    expect(error).toMatchObject({ errcode: 41030 })
  })

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(33)],
    ['in Chinese', '礼品'],
    ['with a percent sign', 'a%20b'],
  ])('with a scene that is %s is not asked for', async (_what, scene) => {
    const { wechat, control } = setting
    const error = await rejectionOf(wechat.miniProgramCode({ scene, page: 'pages/gift/index' }))
    expect(error).toMatchObject({ code: 'ERR_ASSERTION' })
    expect(control.requestCount(paths.code)).toBe(0)
  })
})

describe('text check', () => {
  test.each([
    ['今天很好', 'pass'],
    ['有点可疑的话', 'review'],
    ['这是违规的话', 'risky'],
  ] as const)('「%s」 is judged %s', async (text, judgement) => {
    const { wechat } = setting
    await expect(wechat.checkText({ openid: 'o-1', text, scene: 'profile' })).resolves.toBe(judgement)
  })

  test('a text that WeChat cannot judge goes to a person', async () => {
    const { wechat, control } = setting
    control.fail({ path: paths.text, errcode: 61010 })
    await expect(wechat.checkText({ openid: 'o-1', text: '你好', scene: 'profile' })).resolves.toBe('review')
  })

  test('is asked for again after a time-out', async () => {
    const { client, control } = setting
    await client().checkText({ openid: 'o-1', text: '你好', scene: 'profile' })
    control.fail({ path: paths.text, delayMs: 60_000 })
    const impatient = client({ timeoutMs: 500 })
    await expect(impatient.checkText({ openid: 'o-1', text: '你好', scene: 'forum' })).resolves.toBe('pass')
    expect(control.requestCount(paths.text)).toBe(3)
  })

  test('a refused text is not quoted in the error', async () => {
    const { wechat, control } = setting
    control.fail({ path: paths.text, errcode: 40003 })
    const error = await rejectionOf(
      wechat.checkText({ openid: 'o-private-1', text: '私人的一句话', scene: 'profile' }),
    )
    expect(String(error)).not.toContain('私人的一句话')
    expect(error).toMatchObject({ errcode: 40003 })
  })
})
