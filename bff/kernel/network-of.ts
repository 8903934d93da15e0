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
