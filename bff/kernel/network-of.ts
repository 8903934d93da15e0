import ipaddr from 'ipaddr.js'

/**
 * The network that an address stands for: the address itself, of IPv6 the first 64 bits, which is what one household or phone
 * gets (RFC 6177) and may change within as it likes.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${parsed.toByteArray().slice(0, 8).join('.')}/64`
}

/** The neighbourhood of an address, to read: of IPv4 its /24, of IPv6 its /64. */
export function subnetOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  const prefix = parsed.kind() === 'ipv4' ? 24 : 64
  const kept = parsed.toByteArray().map((byte, index) => (index * 8 < prefix ? byte : 0))
  return `${ipaddr.fromByteArray(kept).toString()}/${prefix}`
}
