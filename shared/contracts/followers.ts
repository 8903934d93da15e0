import { z } from 'zod'
import { defineContract } from './contract'

const signed = {
  signature: z.string().max(100),
  timestamp: z.string().max(20),
  nonce: z.string().max(100),
}

export const proveOfficialAccount = defineContract({
  id: 'wechat.official-account.prove',
  method: 'GET',
  path: '/api/wechat/official-account',
  actor: 'wechat',
  summary: '公众平台核对服务器地址：签名对就原样给回 echostr',
  query: z.object({ ...signed, echostr: z.string().max(200) }),
  produces: 'text',
  status: 200,
  response: z.string(),
})

export const receiveOfficialAccountPush = defineContract({
  id: 'wechat.official-account.push',
  method: 'POST',
  path: '/api/wechat/official-account',
  actor: 'wechat',
  summary: '公众号的消息和关注事件（明文 XML），当场回 success',
  query: z.object(signed),
  consumes: 'xml',
  produces: 'text',
  status: 200,
  response: z.string(),
})
