import { View } from '@tarojs/components'
import './toggle.scss'

/** Shows whether something is on; what is tapped is the row it stands in. */
export function Toggle({ isOn }: { isOn: boolean }) {
  return (
    <View className={isOn ? 'toggle toggle--on' : 'toggle'}>
      <View className="toggle__knob" />
    </View>
  )
}
