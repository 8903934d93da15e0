import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Picture } from '../../../components/picture/picture'
import { PointsNumber } from '../../../components/points-number/points-number'
import { Sheet } from '../../../components/sheet/sheet'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { formatPoints } from '../../../platform/format'
import { text } from '../../../platform/text'
import { SkuChooser } from './sku-chooser'
import { ToBasket } from './to-basket'

const words = text.gift

interface SkuSheetProps {
  gift: GiftDetail
  skuId: string | null
  isOpen: boolean
  canRedeem: boolean
  onChoose: (id: string) => void
  onRedeem: () => void
  onClose: () => void
}

/** Colour or size: what it looks like, what it costs, how many there are; then into the basket, or on to redeeming. */
export function SkuSheet({ gift, skuId, isOpen, canRedeem, onChoose, onRedeem, onClose }: SkuSheetProps) {
  const chosen = gift.skus.find(({ id }) => id === skuId)
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={words.skuTitle}
      id="sku-sheet"
      foot={
        <View className="gift-actions">
          <ToBasket giftId={gift.id} skuId={skuId} isSoldOut={!chosen} />
          <Button id="sku-redeem" disabled={!canRedeem || !chosen} onPress={onRedeem}>
            {canRedeem ? words.redeemShort : words.cannot}
          </Button>
        </View>
      }
    >
      <View className="sku-gift">
        <Picture className="sku-gift__picture" url={gift.thumbnailUrl ?? gift.pictureUrl} />
        <View className="sku-gift__words">
          <PointsNumber
            points={chosen?.pricePoints ?? gift.pricePoints}
            size="large"
            tone="gold"
            isFrom={gift.isPriceFrom && !chosen}
          />
          <Text className="sku-gift__line">
            {chosen ? words.skuStock(formatPoints(chosen.stock)) : words.skuChoose}
          </Text>
        </View>
      </View>
      <SkuChooser skus={gift.skus} chosenId={skuId} onChoose={onChoose} />
    </Sheet>
  )
}
