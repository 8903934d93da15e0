import { Text, View } from '@tarojs/components'
import type { HandOver } from '#shared/domain/enums'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { type Address, addressLine, type useAddresses } from '../../../features/addresses/address.queries'
import { messageOf } from '../../../platform/api-error'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.redeem

interface RedeemPlaceProps {
  /** The gift, or what the gifts of a basket have in common. */
  place: { handOver: HandOver; stores: readonly { name: string }[] }
  address: Address | null
  addresses: ReturnType<typeof useAddresses>
  isLocked: boolean
}

/** Where the gift will be: at an address, in one of the stores, or on the phone. */
export function RedeemPlace({ place, address, addresses, isLocked }: RedeemPlaceProps) {
  if (place.handOver === 'pickup') return <Stores stores={place.stores} />
  if (place.handOver === 'virtual') return null
  if (addresses.isPending) return <Skeleton className="redeem-place" width="100%" height={72} radius={14} />
  if (addresses.isError && !addresses.data) {
    return (
      <Pressable className="redeem-place" id="retry-addresses" onPress={() => void addresses.refetch()}>
        <Text className="redeem-place__line">{messageOf(addresses.error)}</Text>
      </Pressable>
    )
  }
  return (
    <Pressable
      className="redeem-place"
      id="choose-address"
      disabled={isLocked}
      onPress={address ? go.pickAddress : () => go.editAddress()}
    >
      <Glyph name="location" size={22} tone="accent" />
      <View className="redeem-place__words">
        {address ? (
          <>
            <Text className="redeem-place__name">{`${address.name} ${address.phone}`}</Text>
            <Text className="redeem-place__line">{addressLine(address)}</Text>
          </>
        ) : (
          <Text className="redeem-place__name">{words.addAddress}</Text>
        )}
      </View>
      <Glyph name="chevron-right" size={16} tone="ink3" />
    </Pressable>
  )
}

function Stores({ stores }: { stores: readonly { name: string }[] }) {
  return (
    <View className="redeem-place">
      <Glyph name="store" size={22} tone="accent" />
      <View className="redeem-place__words">
        <Text className="redeem-place__name">
          {stores.length > 0 ? words.anyStore : text.handOvers.pickup}
        </Text>
        {stores.length > 0 ? (
          <Text className="redeem-place__line">{stores.map(({ name }) => name).join(text.common.list)}</Text>
        ) : null}
      </View>
    </View>
  )
}
