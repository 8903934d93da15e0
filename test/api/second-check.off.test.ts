import { SettingsModel } from '#bff/features/settings/settings.model'
import { bindPhone } from '#test/support/bind-phone'
import { refusal, startApi, success } from './setting'

const api = startApi()
const change = async (body: object) =>
  api.send('PATCH', '/api/admin/settings', { token: await api.make.adminToken(), body })

test('without a provider no value can be set, and nothing is sent', async () => {
  refusal(await change({ secondCheckPoints: 1 }), 409, 'sms.not_configured')
  success(await change({ secondCheckPoints: 0 }))
  success(await change({ checkInPoints: 6 }))
  const { token } = await api.make.member()
  success(await bindPhone(api.send, token, '13612345678'))
  const answer = await api.send('POST', '/api/member/orders/verification-codes', { token })
  refusal(answer, 409, 'sms.not_configured')
})

test('a provider that was taken away leaves the check closed, not open', async () => {
  const { token } = await api.make.member({ points: 1_000 })
  const gift = await api.make.gift({ pricePoints: 500 })
  await SettingsModel.updateOne({ _id: 'settings' }, { $set: { secondCheckPoints: 500 } }, { upsert: true })
  const order = () => api.place(token, [{ giftId: gift.id, quantity: 1 }])
  refusal(await order(), 409, 'order.second_check_required')
  success(await change({ checkInPoints: 5 }))
  success(await change({ secondCheckPoints: 0 }))
  success(await order(), 201)
})
