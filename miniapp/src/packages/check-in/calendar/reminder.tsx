import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Pressable } from '../../../components/pressable/pressable'
import { showToast } from '../../../components/toast/toast'
import { Toggle } from '../../../components/toggle/toggle'
import type { CheckIns } from '../../../features/check-ins/check-in.queries'
import { useReminder } from '../../../features/check-ins/use-reminder'
import { accountText } from '../../../platform/account-text'
import { messageOf } from '../../../platform/api-error'
import { askForMessage } from '../../../platform/subscribe'

const words = accountText.calendar.reminder

/** Whether one wants to be reminded; in WeChat each message is agreed to by a tap. */
export function Reminder({ reminder }: { reminder: CheckIns['reminder'] }) {
  const { isOn, hour, templateId, wechatLeft } = reminder
  const { mutate, isPending } = useReminder()
  const canAsk = process.env.TARO_ENV === 'weapp' && templateId !== null
  const set = async (wanted: boolean) => {
    const hasConsented = wanted && (await askForMessage(templateId))
    mutate(
      { isOn: wanted, hasConsented },
      {
        onSuccess: () => showToast(!wanted ? words.off : canAsk && !hasConsented ? words.refused : words.on),
        onError: (error) => showToast(messageOf(error)),
      },
    )
  }
  return (
    <View className="reminder">
      <Pressable
        id="reminder"
        className="reminder__row"
        role="checkbox"
        selected={isOn}
        disabled={isPending}
        onPress={() => void set(!isOn)}
      >
        <View className="reminder__words">
          <Text className="reminder__name">{words.name}</Text>
          <Text className="reminder__hint">{words.hint(hour)}</Text>
        </View>
        <Toggle isOn={isOn} />
      </Pressable>
      {isOn && canAsk ? (
        <View className="reminder__wechat">
          <Text className="reminder__hint" id="reminder-left">
            {words.wechat(wechatLeft)}
          </Text>
          <Button id="reminder-more" kind="soft" size="small" busy={isPending} onPress={() => void set(true)}>
            {words.more}
          </Button>
        </View>
      ) : null}
    </View>
  )
}
