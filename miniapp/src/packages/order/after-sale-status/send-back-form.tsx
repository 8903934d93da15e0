import { Input, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { showToast } from '../../../components/toast/toast'
import { type AfterSale, useSendBack } from '../../../features/after-sales/after-sale.queries'
import { messageOf } from '../../../platform/api-error'
import { formatInstant } from '../../../platform/format'
import { text } from '../../../platform/text'

const words = text.afterSale

/** With which parcel the gift comes back; may be corrected until it has arrived. */
export function SendBackForm({ afterSale }: { afterSale: AfterSale }) {
  const [carrier, setCarrier] = useState(afterSale.returnParcel?.carrier ?? '')
  const [trackingNumber, setTrackingNumber] = useState(afterSale.returnParcel?.trackingNumber ?? '')
  const [isInvalid, setIsInvalid] = useState(false)
  const sendBack = useSendBack(afterSale.id)
  const submit = () => {
    const parcel = { carrier: carrier.trim(), trackingNumber: trackingNumber.trim() }
    const isComplete = parcel.carrier !== '' && /^[A-Za-z0-9-]{4,40}$/.test(parcel.trackingNumber)
    setIsInvalid(!isComplete)
    if (isComplete && !sendBack.isPending)
      sendBack.mutate(parcel, { onSuccess: () => showToast(words.sentBack) })
  }
  const failure = isInvalid ? words.invalidParcel : sendBack.error ? messageOf(sendBack.error) : null
  return (
    <View className="after-sale-block">
      <Text className="after-sale-block__title">{words.returnParcel}</Text>
      {afterSale.returnDueAt && !afterSale.returnParcel ? (
        <Text className="after-sale-block__hint" id="return-due">
          {words.returnDue(formatInstant(afterSale.returnDueAt))}
        </Text>
      ) : null}
      <Input
        id="return-carrier"
        className="after-sale-input"
        value={carrier}
        maxlength={30}
        placeholder={words.carrierPlaceholder}
        onInput={(event) => setCarrier(event.detail.value)}
      />
      <Input
        id="return-tracking-number"
        className="after-sale-input"
        value={trackingNumber}
        maxlength={40}
        placeholder={words.trackingPlaceholder}
        onInput={(event) => setTrackingNumber(event.detail.value)}
      />
      {failure ? <Notice id="return-error">{failure}</Notice> : null}
      <Button id="return-save" kind="soft" busy={sendBack.isPending} onPress={submit}>
        {words.sendBack}
      </Button>
    </View>
  )
}
