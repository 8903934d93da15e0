import { randomUUID } from 'node:crypto'
import { FollowerModel } from '#bff/features/followers/follower.model'
import { standInAccount, standInAccountSettings } from '#bff/local/wechat/state'
import { signPush } from '#bff/platform/wechat/official-account'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'
import { startTasks } from './tasks.setting'

const follow = { content: { kind: 'follow' } }
const address = '/api/wechat/official-account'
/** As WeChat signs a push made `agoMs` ago; each has its own nonce. */
const sign = (agoMs = 0, nonce: string = randomUUID()) => {
  const stamp = { timestamp: String(Math.floor((Date.now() - agoMs) / 1_000)), nonce }
  return { ...stamp, signature: signPush(standInAccount.token, stamp) }
}
const xml = (fields: string) => `<xml>${fields}</xml>`
const ofSomebody = '<FromUserName><![CDATA[oa-nobody]]></FromUserName>'
const subscribed = '<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event>'

describe('with an official account', () => {
  const api = startApi(standInAccountSettings)
  const tasks = startTasks(api)
  afterEach(() => api.make.expectCleanLedger())

  /** What somebody does in WeChat; the stand-in pushes it to the BFF. */
  const inWechat = async (demoId: string, more: object = {}) => {
    const response = await fetch(`${process.env.WECHAT_BASE_URL}/stand-in/follows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ demoId, pushTo: api.app.baseUrl, ...more }),
    })
    expect(response.status).toBe(200)
    await api.app.deliverOutbox()
  }
  const push = (body: string, query: object = sign(), type = 'text/xml') =>
    fetch(`${api.app.baseUrl}${address}?${new URLSearchParams({ ...query })}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
  const outcome = async (response: Response) => ({
    status: response.status,
    code: ((await response.json().catch(() => null)) as Json)?.error?.code,
  })

  test('following proves the task, once; who never followed is told', async () => {
    const member = await api.make.member()
    const task = await tasks.run(follow)
    const read = success(await api.send('GET', `/api/member/tasks/${task.id}`, { token: member.token }))
    expect(read.accountName).toBe(standInAccount.name)
    refusal(await tasks.submit(member.token, task), 409, 'task.not_proven')
    await inWechat(member.openid)
    expect(success(await tasks.submit(member.token, task))).toMatchObject({ outcome: 'done', points: 20 })
    refusal(await tasks.submit(member.token, task), 409, 'task.done')
  })

  test('who has left again does not follow', async () => {
    const member = await api.make.member()
    const task = await tasks.run(follow)
    await inWechat(member.openid)
    await inWechat(member.openid, { isFollowing: false })
    refusal(await tasks.submit(member.token, task), 409, 'task.not_proven')
    await inWechat(member.openid)
    success(await tasks.submit(member.token, task))
  })

  test('who followed before Jili was told is known by any message to the account', async () => {
    const member = await api.make.member()
    const task = await tasks.run(follow)
    await inWechat(member.openid, { message: '你好 <b>&amp;</b> ]]' })
    success(await tasks.submit(member.token, task))
  })

  test('a push says only whom to ask about: it makes no follower of who is none', async () => {
    const before = await FollowerModel.countDocuments()
    const answer = await push(xml(`${ofSomebody}${subscribed}`))
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: 'success' })
    await api.app.deliverOutbox()
    expect(await FollowerModel.countDocuments()).toBe(before)
  })

  test('nothing of a person stands in the record', async () => {
    const { openid } = await api.make.member()
    await inWechat(openid)
    const rows = JSON.stringify(await FollowerModel.find().lean())
    expect(rows).not.toContain('unionid-')
    expect(rows).not.toContain('oa-')
  })

  test('WeChat asks whether the address is ours', async () => {
    const ask = (query: object) => fetch(`${api.app.baseUrl}${address}?${new URLSearchParams({ ...query })}`)
    const echo = await ask({ ...sign(), echostr: '<b>7</b>' })
    expect({ type: echo.headers.get('content-type'), text: await echo.text() }).toEqual({
      type: 'text/plain; charset=utf-8',
      text: '<b>7</b>',
    })
    const wrong = await outcome(await ask({ ...sign(), signature: '0'.repeat(40), echostr: '7' }))
    expect(wrong).toEqual({ status: 401, code: 'open.signature_invalid' })
  })

  test('what is not signed, not XML, no push or too large is refused', async () => {
    const good = xml(`${ofSomebody}${subscribed}`)
    const unsigned = { status: 401, code: 'open.signature_invalid' }
    expect(await outcome(await push(good, { ...sign(), nonce: 'other' }))).toEqual(unsigned)
    expect(await outcome(await push(good, { timestamp: sign().timestamp, nonce: 'n' }))).toEqual(unsigned)
    const invalid = { status: 400, code: 'request.invalid' }
    for (const body of [
      '',
      '<xml',
      '{}',
      xml(''),
      xml(subscribed),
      xml(`${ofSomebody}<MsgType><a/></MsgType>`),
    ])
      expect(await outcome(await push(body))).toEqual(invalid)
    expect(await outcome(await push(good, sign(), 'application/json'))).toEqual(invalid)
    const large = xml(`${ofSomebody}${subscribed}<Content>${'x'.repeat(70_000)}</Content>`)
    expect(await outcome(await push(large))).toEqual({ status: 413, code: 'request.too_large' })
  })

  test('entities are never expanded', async () => {
    const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`)
    const bomb = `<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY l0 "ha">${entities.join('')}]>`
    const invalid = { status: 400, code: 'request.invalid' }
    for (const openid of ['&l9;', '<![CDATA[oa-nobody]]>', '&amp;'])
      expect(
        await outcome(await push(`${bomb}<xml><FromUserName>${openid}</FromUserName>${subscribed}</xml>`)),
      ).toEqual(invalid)
    expect(await outcome(await push(xml(`<FromUserName>&#111;a</FromUserName>${subscribed}`)))).toEqual(
      invalid,
    )
  })

  test('what is nested without end, or reaches for a prototype, is refused', async () => {
    const deep = `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`
    const nested = [
      xml(`${ofSomebody}${subscribed}${deep}`),
      xml(`<__proto__><FromUserName>oa-nobody</FromUserName><MsgType>text</MsgType></__proto__>`),
      xml(`${ofSomebody}${subscribed}<__proto__><isFollowing>1</isFollowing></__proto__>`),
      xml(`${ofSomebody}${subscribed}<constructor><prototype>1</prototype></constructor>`),
      '<__proto__><a/></__proto__>',
    ]
    for (const body of nested)
      expect(await outcome(await push(body))).toEqual({ status: 400, code: 'request.invalid' })
    expect(({} as { isFollowing?: string }).isFollowing).toBeUndefined()
  })

  test('a push from more than five minutes ago, or ahead, is refused', async () => {
    const expired = { status: 401, code: 'open.timestamp_expired' }
    const good = xml(`${ofSomebody}${subscribed}`)
    const minuteMs = 60_000
    for (const agoMs of [6 * minuteMs, -6 * minuteMs, 365 * 24 * 60 * minuteMs])
      expect(await outcome(await push(good, sign(agoMs)))).toEqual(expired)
    expect((await push(good, sign(4 * minuteMs))).status).toBe(200)
    const stamp = { timestamp: 'soon', nonce: 'n' }
    const signature = signPush(standInAccount.token, stamp)
    expect(await outcome(await push(good, { ...stamp, signature }))).toEqual(expired)
  })

  test('one signature takes one push, however often and about whomever it comes', async () => {
    await api.app.deliverOutbox()
    const query = sign()
    for (const openid of ['oa-nobody', 'oa-nobody', 'oa-other', 'oa-third']) {
      const answer = await push(xml(`<FromUserName>${openid}</FromUserName>${subscribed}`), query)
      expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: 'success' })
    }
    expect(await api.app.app.services.outbox.deliver()).toBe(1)
  })

  test('a failure of WeChat loses nothing: the event is asked about again', async () => {
    const member = await api.make.member()
    const task = await tasks.run(follow)
    const { openid: demoId } = member
    // Pushes of other tests would meet the failure in its place.
    await api.app.deliverOutbox()
    await fetch(`${process.env.WECHAT_BASE_URL}/stand-in/failures`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: '/cgi-bin/user/info', httpStatus: 500, times: 2 }),
    })
    await inWechat(demoId)
    refusal(await tasks.submit(member.token, task), 409, 'task.not_proven')
    await api.advance(3_000)
    await api.app.deliverOutbox()
    success(await tasks.submit(member.token, task))
  })
})

describe('without an official account', () => {
  const api = startApi()
  const tasks = startTasks(api)

  test('a follow task cannot be started, and the address is not there', async () => {
    const { task } = success(await tasks.as('POST', '/api/admin/tasks', tasks.write(follow)), 201)
    const start = await tasks.as('POST', `/api/admin/tasks/${task.id}/state`, { state: 'running' })
    refusal(start, 409, 'task.follow_not_configured')
    const query = new URLSearchParams({ ...sign(), echostr: randomUUID() })
    refusal(await api.send('GET', `${address}?${query}`), 404, 'resource.not_found')
  })
})
