import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Button } from '../../../components/button/button'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { type Address, addressLine, useAddresses } from '../../../features/addresses/address.queries'
import { useChosenAddress } from '../../../features/addresses/chosen-address'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './address-list.scss'

const words = text.address

function AddressRow({ address, isPicking }: { address: Address; isPicking: boolean }) {
  const pick = () => {
    useChosenAddress.setState({ id: address.id })
    go.back()
  }
  const edit = () => go.editAddress(address.id)
  return (
    <View className="address-row">
      <Pressable
        className="address-row__words"
        id={`address-${address.id}`}
        onPress={isPicking ? pick : edit}
      >
        <View className="address-row__head">
          <Text className="address-row__name">{address.name}</Text>
          <Text className="address-row__phone">{address.phone}</Text>
          {address.isDefault ? <Text className="badge badge--quiet">{words.isDefault}</Text> : null}
        </View>
        <Text className="address-row__line">{addressLine(address)}</Text>
      </Pressable>
      <Pressable
        className="address-row__edit"
        id={`edit-${address.id}`}
        label={words.edit(address.name)}
        onPress={edit}
      >
        <Glyph name="edit" size={18} />
      </Pressable>
    </View>
  )
}

export default function AddressListPage() {
  const isPicking = useRouter().params.pick === 'true'
  const isSignedIn = useIsSignedIn()
  const addresses = useAddresses()
  const title = isPicking ? words.pickTitle : words.listTitle
  if (!isSignedIn) {
    return (
      <Page title={title}>
        <SignInInvitation />
      </Page>
    )
  }
  return (
    <Page title={title} className="address-list">
      <QueryView
        query={addresses}
        skeleton={<SkeletonRows count={2} />}
        isEmpty={(data) => data.items.length === 0}
        empty={
          <EmptyState
            picture="no-addresses"
            title={words.empty}
            action={words.add}
            actionId="add-first-address"
            onAction={() => go.editAddress()}
          />
        }
      >
        {(data) => (
          <>
            {data.items.map((address) => (
              <AddressRow key={address.id} address={address} isPicking={isPicking} />
            ))}
            <View className="action-bar">
              <Button id="add-address" onPress={() => go.editAddress()}>
                {words.add}
              </Button>
            </View>
          </>
        )}
      </QueryView>
    </Page>
  )
}
