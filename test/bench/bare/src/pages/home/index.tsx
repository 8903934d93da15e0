import { Button, Text, View } from '@tarojs/components'
import { useState } from 'react'

/** One text and one button that does something. */
export default function HomePage() {
  const [count, setCount] = useState(0)
  return (
    <View>
      <Text id="count">{count}</Text>
      <Button id="more" onClick={() => setCount(count + 1)}>
        +1
      </Button>
    </View>
  )
}
