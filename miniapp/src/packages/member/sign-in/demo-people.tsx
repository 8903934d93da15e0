import { Input, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { Pressable } from '../../../components/pressable/pressable'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { Avatar } from '../../../features/members/avatar'
import { useDemoSignIns } from '../../../features/members/demo-sign-ins'
import { text } from '../../../platform/text'

const words = text.signIn
const codePrefix = 'demo-'

interface DemoPeopleProps {
  role: 'member' | 'staff'
  busyCode: string | null
  onEnter: (code: string) => void
}

interface PersonProps {
  code: string
  name: string
  note: string
  avatarUrl: string | null
  isBusy: boolean
  onEnter: (code: string) => void
}

function Person({ code, name, note, avatarUrl, isBusy, onEnter }: PersonProps) {
  return (
    <Pressable className="demo-person" id={`sign-in-${code}`} onPress={() => onEnter(code)}>
      <Avatar nick={name} url={avatarUrl} />
      <View className="demo-person__words">
        <Text className="demo-person__name">{name}</Text>
        <Text className="demo-person__note">{isBusy ? words.working : note}</Text>
      </View>
    </Pressable>
  )
}

/** Any id is a person of the demo; one that is new registers. */
function OtherPerson({ onEnter }: { onEnter: (code: string) => void }) {
  const [id, setId] = useState('')
  const typed = id.trim()
  const code = typed.startsWith(codePrefix) ? typed : `${codePrefix}${typed}`
  return (
    <View className="demo-other">
      <Text className="demo-other__title">{words.demoOther}</Text>
      <View className="demo-other__row">
        <Input
          id="demo-id"
          className="demo-other__input"
          value={id}
          maxlength={60}
          placeholder={words.demoPlaceholder}
          onInput={(event) => setId(event.detail.value)}
        />
        <Button id="demo-enter" size="medium" disabled={typed === ''} onPress={() => onEnter(code)}>
          {words.demoEnter}
        </Button>
      </View>
    </View>
  )
}

/** The people of a demo server. Where the server is no demo, only the way into the mini program is told. */
export function DemoPeople({ role, busyCode, onEnter }: DemoPeopleProps) {
  const demo = useDemoSignIns()
  if (demo.isPending) return <Skeleton className="demo-skeleton" width="100%" height={88} radius={16} />
  if (!demo.data) return <Text className="sign-in__no-way">{words.noWay}</Text>
  const people =
    role === 'staff'
      ? demo.data.staff.map(({ code, name, storeName }) => ({ code, name, note: storeName, avatarUrl: null }))
      : demo.data.members.map(({ code, nick, note, avatarUrl }) => ({ code, name: nick, note, avatarUrl }))
  return (
    <View className="demo">
      <Text className="demo__title">{role === 'staff' ? words.demoStaff : words.demoTitle}</Text>
      <Text className="demo__line">{words.demoLine}</Text>
      {people.map((person) => (
        <Person key={person.code} {...person} isBusy={busyCode === person.code} onEnter={onEnter} />
      ))}
      <OtherPerson onEnter={onEnter} />
    </View>
  )
}
