import { Text } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ChipRow } from '../../../components/chip/chip'
import { Menu, MenuGrid, type MenuRow } from '../../../components/menu/menu'
import { Pressable } from '../../../components/pressable/pressable'
import { Section } from '../../../components/section/section'
import { Stepper } from '../../../components/stepper/stepper'
import { Toggle } from '../../../components/toggle/toggle'
import { longText } from './samples'
import { Specimen } from './specimen'

const nothing = () => undefined
const kinds = ['primary', 'soft', 'plain', 'danger'] as const
const sizes = ['large', 'medium', 'small'] as const
const choices = ['全部', '获得', '使用', '冻结', '退回', longText].map((label) => ({ value: label, label }))
const rows: readonly MenuRow[] = [
  { id: 'row-plain', icon: 'settings', label: '设置', onPress: nothing },
  { id: 'row-hint', icon: 'scan', label: '店员台', hint: '门店同事交付礼品用', onPress: nothing },
  { id: 'row-count', icon: 'bell', label: '消息', count: 5, countLabel: '5 条未读消息', onPress: nothing },
  { id: 'row-many', icon: 'gift', label: '礼品篮', count: 120, countLabel: '120 件', onPress: nothing },
  { id: 'row-long', icon: 'help', label: longText, hint: longText, onPress: nothing },
]

function Buttons() {
  return (
    <>
      {sizes.map((size) => (
        <Specimen key={size} name={`Button ${size}`} layout="row">
          {kinds.map((kind) => (
            <Button key={kind} kind={kind} size={size} onPress={nothing}>
              立即兑换
            </Button>
          ))}
          <Button size={size} disabled onPress={nothing}>
            已兑完
          </Button>
          <Button size={size} busy onPress={nothing}>
            正在兑换
          </Button>
          <Button size={size} kind="soft" onPress={nothing}>
            {longText}
          </Button>
        </Specimen>
      ))}
    </>
  )
}

/** What is tapped. */
export function Actions() {
  const [chosen, setChosen] = useState('全部')
  const [value, setValue] = useState(1)
  return (
    <>
      <Buttons />
      <Specimen name="ChipRow">
        <ChipRow choices={choices} chosen={chosen} onChoose={setChosen} idPrefix="chip" />
      </Specimen>
      <Specimen name="Pressable: plain, disabled" layout="row">
        <Pressable onPress={nothing}>
          <Text>点我</Text>
        </Pressable>
        <Pressable disabled onPress={nothing}>
          <Text>不能点</Text>
        </Pressable>
      </Specimen>
      <Specimen name="Toggle: off, on" layout="row">
        <Toggle isOn={false} />
        <Toggle isOn />
      </Specimen>
      <Specimen name="Stepper: lowest, between, highest, alone" layout="row">
        <Stepper value={value} max={9} onChange={setValue} idPrefix="few" />
        <Stepper value={5} max={9} onChange={nothing} idPrefix="some" />
        <Stepper value={99} max={99} onChange={nothing} idPrefix="most" />
        <Stepper value={1} max={1} onChange={nothing} idPrefix="one" />
      </Specimen>
      <Specimen name="MenuGrid">
        <MenuGrid entries={rows} />
      </Specimen>
      <Specimen name="Menu">
        <Menu rows={rows} />
      </Specimen>
      <Specimen name="Section: plain, with a way to all, long">
        <Section title="你现在能换">
          <Text className="gallery__row">内容</Text>
        </Section>
        <Section title="大家在换" action="全部" onAction={nothing}>
          <Text className="gallery__row">内容</Text>
        </Section>
        <Section title={longText} action="全部" onAction={nothing}>
          <Text className="gallery__row">内容</Text>
        </Section>
      </Specimen>
    </>
  )
}
