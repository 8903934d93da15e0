import { Input, Switch, Text, Textarea, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Notice } from '../../../components/notice/notice'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import {
  type Address,
  useAddresses,
  useRemoveAddress,
  useSaveAddress,
} from '../../../features/addresses/address.queries'
import {
  type AddressDraft,
  type AddressField,
  draftOf,
  emptyDraft,
  inputOf,
  invalidFields,
} from '../../../features/addresses/address-form'
import { useChosenAddress } from '../../../features/addresses/chosen-address'
import { messageOf } from '../../../platform/api-error'
import { useColors } from '../../../platform/brand'
import { setTitle } from '../../../platform/device'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'
import { RegionField } from './region-field'
import './address-edit.scss'

const words = text.address

function Field({ label, error, children }: { label: string; error?: string; children: ReactNode }) {
  return (
    <View className="field">
      <View className="field__row">
        <Text className="field__label">{label}</Text>
        <View className="field__input">{children}</View>
      </View>
      {error ? (
        <View className="field__error" role="alert">
          <Text>{error}</Text>
        </View>
      ) : null}
    </View>
  )
}

interface FieldsProps {
  draft: AddressDraft
  shownErrors: readonly AddressField[]
  onChange: (change: Partial<AddressDraft>) => void
}

function Fields({ draft, shownErrors, onChange }: FieldsProps) {
  const { accentFill } = useColors()
  const errorOf = (field: AddressField) => (shownErrors.includes(field) ? words.invalid[field] : undefined)
  return (
    <View className="fields">
      <Field label={words.name} error={errorOf('name')}>
        <Input
          id="name"
          value={draft.name}
          maxlength={20}
          placeholder={words.namePlaceholder}
          onInput={(event) => onChange({ name: event.detail.value })}
        />
      </Field>
      <Field label={words.phone} error={errorOf('phone')}>
        <Input
          id="phone"
          type="number"
          value={draft.phone}
          maxlength={11}
          placeholder={words.phonePlaceholder}
          onInput={(event) => onChange({ phone: event.detail.value })}
        />
      </Field>
      <Field label={words.region} error={errorOf('region')}>
        <RegionField region={draft.region} onChoose={(region) => onChange({ region })} />
      </Field>
      <Field label={words.detail} error={errorOf('detail')}>
        <Textarea
          id="detail"
          className="field__textarea"
          value={draft.detail}
          maxlength={100}
          autoHeight
          placeholder={words.detailPlaceholder}
          onInput={(event) => onChange({ detail: event.detail.value })}
        />
      </Field>
      <View className="field__row field__row--switch">
        <Text>{words.makeDefault}</Text>
        <Switch
          id="is-default"
          nativeProps={{ 'aria-label': words.makeDefault }}
          color={accentFill}
          checked={draft.isDefault}
          onChange={(event) => onChange({ isDefault: event.detail.value })}
        />
      </View>
    </View>
  )
}

function Remove({ id }: { id: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const remove = useRemoveAddress(id)
  const run = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        showToast(words.removed)
        go.back()
      },
      onError: (error) => showToast(messageOf(error)),
      onSettled: () => setIsAsking(false),
    })
  return (
    <>
      <Button id="remove-address" kind="danger" onPress={() => setIsAsking(true)}>
        {words.remove}
      </Button>
      <ConfirmSheet
        isOpen={isAsking}
        question={words.removeQuestion}
        line={words.removeLine}
        action={words.remove}
        refusal={text.common.cancel}
        isDanger
        isBusy={remove.isPending}
        onConfirm={run}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

/** The form; what was typed stays through every error. */
function AddressForm({ address }: { address: Address | null }) {
  const [draft, setDraft] = useState<AddressDraft>(() => (address ? draftOf(address) : emptyDraft))
  const [hasTried, setHasTried] = useState(false)
  const save = useSaveAddress(address?.id)
  const invalid = invalidFields(draft)
  const submit = () => {
    setHasTried(true)
    if (invalid.length > 0 || save.isPending) return
    save.mutate(inputOf(draft), {
      onSuccess: (saved) => {
        useChosenAddress.setState({ id: saved.address.id })
        showToast(words.saved)
        go.back()
      },
    })
  }
  return (
    <>
      <Fields
        draft={draft}
        shownErrors={hasTried ? invalid : []}
        onChange={(change) => setDraft((current) => ({ ...current, ...change }))}
      />

      <View className="address-actions">
        {save.error ? <Notice id="address-error">{messageOf(save.error)}</Notice> : null}
        <Button id="save-address" busy={save.isPending} onPress={submit}>
          {words.save}
        </Button>
        {address ? <Remove id={address.id} /> : null}
      </View>
    </>
  )
}

export default function AddressEditPage() {
  const id = useRouter().params.id
  const title = id ? words.editTitle : words.addTitle
  const addresses = useAddresses(id !== undefined)
  useEffect(() => setTitle(title), [title])
  return (
    <Page title={title}>
      {id ? (
        <QueryView query={addresses} skeleton={<SkeletonRows count={2} />}>
          {(data) => <AddressForm address={data.items.find((address) => address.id === id) ?? null} />}
        </QueryView>
      ) : (
        <AddressForm address={null} />
      )}
    </Page>
  )
}
