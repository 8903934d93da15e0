import { networkOf } from '#bff/kernel/network-of'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['not an address', 'not an address'],
])('%s is the network %s', (address, network) => expect(networkOf(address)).toBe(network))

test('IPv6 addresses of one household are one network, those of two are not', () => {
  const home = networkOf('2001:db8:1:2:aaaa::1')
  expect(networkOf('2001:db8:1:2::9')).toBe(home)
  expect(networkOf('2001:db8:1:3::1')).not.toBe(home)
})
