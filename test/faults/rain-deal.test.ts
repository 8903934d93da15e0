import mongoose from 'mongoose'
import { announcedRain, rainInput } from '#test/api/rains.setting'
import { startBffProcess } from '#test/support/app'
import { testSettings } from '#test/support/environment'
import { eventually } from '#test/support/eventually'
import { createFactories } from '#test/support/factories'

const terms = { packetCount: 20_000, budgetPoints: 123_456, minPoints: 1, maxPoints: 50, packetsPerMember: 1 }

test('a deal of 20,000 packets that is killed in the middle is finished by announcing again, exactly', async () => {
  const settings = testSettings()
  const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
  const packets = connection.collection('rain_packets')
  try {
    const first = await startBffProcess(settings)
    const make = createFactories(first.send)
    const { rain } = await make.admin('POST', '/api/admin/rains', rainInput(Date.now(), terms))
    const cutOff = first
      .send('POST', `/api/admin/rains/${rain.id}/announce`, { token: await make.adminToken() })
      .then(
        () => 'answered',
        () => 'cut off',
      )
    await eventually(async () => expect(await packets.countDocuments()).toBeGreaterThan(2_000), {
      withinMs: 60_000,
    })
    await first.kill()
    expect(await cutOff).toBe('cut off')
    expect(await packets.countDocuments()).toBeLessThan(terms.packetCount)

    const second = await startBffProcess(settings)
    try {
      const again = createFactories(second.send)
      const member = await again.member()
      const { rain: announced } = await again.admin('POST', `/api/admin/rains/${rain.id}/announce`)
      expect(announced.state).toBe('running')
      const [sum] = await packets
        .aggregate([{ $group: { _id: null, packets: { $sum: 1 }, points: { $sum: '$points' } } }])
        .toArray()
      expect(sum).toMatchObject({ packets: terms.packetCount, points: terms.budgetPoints })
      const opened = await second.send('POST', `/api/member/rains/${rain.id}/packets`, {
        token: member.token,
      })
      expect(opened.status).toBe(201)

      const beganAt = performance.now()
      await announcedRain(again, Date.now(), terms)
      process.stdout.write(`20,000 packets dealt in ${Math.round(performance.now() - beganAt)} ms\n`)
    } finally {
      await second.stop()
    }
  } finally {
    await connection.dropDatabase()
    await connection.close()
  }
}, 300_000)
