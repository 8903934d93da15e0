import { Text } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Sheet } from '../../../components/sheet/sheet'
import { showToast } from '../../../components/toast/toast'
import { longText } from './samples'
import { Specimen } from './specimen'

type Layer = 'sheet' | 'long-sheet' | 'confirm' | 'danger'

const nothing = () => undefined

/** What lies over a page. */
export function Layers() {
  const [open, setOpen] = useState<Layer | null>(null)
  const close = () => setOpen(null)
  const openers: readonly [Layer, string][] = [
    ['sheet', '面板'],
    ['long-sheet', '长面板'],
    ['confirm', '确认'],
    ['danger', '危险确认'],
  ]
  return (
    <Specimen name="Sheet, ConfirmSheet, Toast" layout="row">
      {openers.map(([layer, label]) => (
        <Button key={layer} id={`open-${layer}`} kind="soft" size="medium" onPress={() => setOpen(layer)}>
          {label}
        </Button>
      ))}
      <Button id="open-toast" kind="soft" size="medium" onPress={() => showToast('签到成功，+5 积分')}>
        提示
      </Button>
      <Button id="open-long-toast" kind="soft" size="medium" onPress={() => showToast(longText)}>
        长提示
      </Button>
      <Sheet isOpen={open === 'sheet'} title="选择门店" onClose={close}>
        <Text>静安店</Text>
      </Sheet>
      <Sheet
        isOpen={open === 'long-sheet'}
        title={longText}
        onClose={close}
        foot={<Button onPress={close}>知道了</Button>}
      >
        <Text>{longText.repeat(24)}</Text>
      </Sheet>
      <ConfirmSheet
        isOpen={open === 'confirm'}
        question="退出登录？"
        line="积分和订单都会留着，下次登录还在。"
        action="退出登录"
        refusal="取消"
        onConfirm={close}
        onClose={close}
      />
      <ConfirmSheet
        isOpen={open === 'danger'}
        question={longText}
        line={longText}
        action="删除地址"
        refusal="取消"
        isDanger
        isBusy
        onConfirm={nothing}
        onClose={close}
      />
    </Specimen>
  )
}
