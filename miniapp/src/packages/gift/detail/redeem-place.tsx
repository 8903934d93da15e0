import { Text, View } from '@tarojs/components'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { type Address, addressLine, type useAddresses } from '../../../features/addresses/address.queries'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { messageOf } from '../../../platform/api-error'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.redeem

interface RedeemPlaceProps {
  gift: GiftDetail
  address: Address | null
  addresses: ReturnType<typeof useAddresses>
  isLocked: boolean
}

/** Where the gift will be: at an address, in one of the stores, or on the phone. */
export function RedeemPlace({ gift, address, addresses, isLocked }: RedeemPlaceProps) {
  if (gift.handOver === 'pickup') return <Stores stores={gift.stores} />
  if (gift.handOver === 'virtual') return null
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

function Stores({ stores }: { stores: GiftDetail['stores'] }) {
  return (
    <View className="redeem-place">
      <Glyph name="store" size={22} tone="accent" />
      <View className="redeem-place__words">
        <Text className="redeem-place__name">{words.anyStore}</Text>
        <Text className="redeem-place__line">{stores.map(({ name }) => name).join(text.common.list)}</Text>
      </View>
    </View>
  )
}
