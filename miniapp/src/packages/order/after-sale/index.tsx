import { Text, Textarea, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import type { AfterSaleKind } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { Button } from '../../../components/button/button'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Notice } from '../../../components/notice/notice'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { Stepper } from '../../../components/stepper/stepper'
import { showToast } from '../../../components/toast/toast'
import {
  type AfterSaleOptions,
  useAfterSaleOptions,
  useRequestAfterSale,
} from '../../../features/after-sales/after-sale.queries'
import { type OrderDetail, useOrder } from '../../../features/orders/order.queries'
import { OrderItemRow } from '../../../features/orders/order-card'
import { PhotoField } from '../../../features/uploads/photo-field'
import { usePhotoUploads } from '../../../features/uploads/photo-uploads'
import { messageOf } from '../../../platform/api-error'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { KindField } from './kind-field'
import './after-sale.scss'

const words = text.afterSale

interface Draft {
  kind: AfterSaleKind | null
  reason: string
  /** Pieces by the item's place in the order; all of them where nothing is said. */
  pieces: Record<number, number>
}

function Pieces({
  order,
  draft,
  onChange,
}: {
  order: OrderDetail
  draft: Draft
  onChange: (pieces: Draft['pieces']) => void
}) {
  return (
    <View className="after-sale-block">
      <Text className="after-sale-block__title">{words.pieces}</Text>
      {order.items.map((item, index) => (
        <View className="after-sale-piece" key={`${item.giftId}-${item.skuId ?? ''}`}>
          <View className="after-sale-piece__item">
            <OrderItemRow item={item} />
          </View>
          <Stepper
            idPrefix={`pieces-${index}`}
            value={draft.pieces[index] ?? item.quantity}
            min={0}
            max={item.quantity}
            onChange={(value) => onChange({ ...draft.pieces, [index]: value })}
          />
        </View>
      ))}
    </View>
  )
}

/** The pieces to send, or none when all of the order is meant. */
function itemsOf(order: OrderDetail, { kind, pieces }: Draft) {
  if (kind === 'cancel' || Object.keys(pieces).length === 0) return undefined
  return order.items
    .map(({ giftId, skuId, quantity }, index) => ({
      giftId,
      ...(skuId ? { skuId } : {}),
      quantity: pieces[index] ?? quantity,
    }))
    .filter(({ quantity }) => quantity > 0)
}

function problemOf(draft: Draft, uploads: ReturnType<typeof usePhotoUploads>, pieces: unknown[] | undefined) {
  if (!draft.kind) return words.needsKind
  if (pieces?.length === 0) return words.needsPieces
  if (draft.reason.trim().length < 2) return words.needsReason
  if (uploads.photos.some(({ state }) => state !== 'uploaded')) return words.needsUploads
  if (draft.kind === 'damage' && uploads.photos.length === 0) return words.needsPhoto
  return null
}

/** The form; what was written and uploaded stays through every error. */
function AfterSaleForm({ order, options }: { order: OrderDetail; options: AfterSaleOptions['options'] }) {
  const [draft, setDraft] = useState<Draft>({ kind: null, reason: '', pieces: {} })
  const [problem, setProblem] = useState<string | null>(null)
  const uploads = usePhotoUploads(limits.photosPerAfterSale)
  const request = useRequestAfterSale()
  const change = (fields: Partial<Draft>) => {
    setProblem(null)
    setDraft((current) => ({ ...current, ...fields }))
  }
  const submit = () => {
    const items = itemsOf(order, draft)
    const found = problemOf(draft, uploads, items)
    setProblem(found)
    if (found || !draft.kind || request.isPending) return
    const photoIds = uploads.photos.flatMap(({ id }) => (id ? [id] : []))
    request.mutate(
      {
        orderId: order.id,
        kind: draft.kind,
        reason: draft.reason.trim(),
        photoIds,
        ...(items ? { items } : {}),
      },
      {
        onSuccess: ({ afterSale }) => {
          showToast(words.submitted)
          go.afterSaleInstead(afterSale.id)
        },
      },
    )
  }
  const hasSeveral = order.items.reduce((sum, { quantity }) => sum + quantity, 0) > 1
  const failure = problem ?? (request.error ? messageOf(request.error) : null)
  return (
    <>
      <KindField options={options} chosen={draft.kind} onChoose={(kind) => change({ kind })} />
      {hasSeveral && draft.kind !== 'cancel' ? (
        <Pieces order={order} draft={draft} onChange={(pieces) => change({ pieces })} />
      ) : null}
      <View className="after-sale-block">
        <Text className="after-sale-block__title">{words.reason}</Text>
        <Textarea
          id="after-sale-reason"
          className="after-sale-reason"
          value={draft.reason}
          maxlength={limits.afterSaleReasonCharacters}
          autoHeight
          placeholder={words.reasonPlaceholder}
          onInput={(event) => change({ reason: event.detail.value })}
        />
        <Text className="after-sale-count">
          {words.reasonCount(draft.reason.length, limits.afterSaleReasonCharacters)}
        </Text>
        <Text className="after-sale-block__title">
          {text.photos.title(uploads.photos.length, limits.photosPerAfterSale)}
        </Text>
        <PhotoField uploads={uploads} max={limits.photosPerAfterSale} />
      </View>
      <View className="after-sale-actions">
        {failure ? <Notice id="after-sale-error">{failure}</Notice> : null}
        <Button id="after-sale-submit" busy={request.isPending} onPress={submit}>
          {words.submit}
        </Button>
      </View>
    </>
  )
}

function Content({ order }: { order: OrderDetail }) {
  const query = useAfterSaleOptions(order.id)
  return (
    <QueryView
      query={query}
      skeleton={<SkeletonRows count={3} />}
      isEmpty={({ options }) => !options.some(({ isAllowed }) => isAllowed)}
      empty={<EmptyState picture="no-orders" title={words.none} />}
    >
      {({ options }) => <AfterSaleForm order={order} options={options} />}
    </QueryView>
  )
}

export default function AfterSalePage() {
  const id = useRouter().params.id ?? ''
  const isSignedIn = useIsSignedIn()
  const query = useOrder(id)
  return (
    <Page title={words.title}>
      {isSignedIn ? (
        <QueryView query={query} skeleton={<SkeletonRows count={3} />}>
          {({ order }) => <Content order={order} />}
        </QueryView>
      ) : (
        <SignInInvitation title={words.signIn} />
      )}
    </Page>
  )
}
