import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import { type Help, type HelpArticle, sectionsOf, useHelp } from '../../../features/help/help.queries'
import { accountText } from '../../../platform/account-text'
import { callPhone } from '../../../platform/device'
import { text } from '../../../platform/text'
import './help.scss'

const words = accountText.help

function Question({ article }: { article: HelpArticle }) {
  const [isOpen, setIsOpen] = useState(false)
  const { id, question, answer } = article
  return (
    <View className="help-item">
      <Pressable
        id={`help-${id}`}
        className="help-item__question"
        expanded={isOpen}
        onPress={() => setIsOpen(!isOpen)}
      >
        <Text className="help-item__words">{question}</Text>
        <Glyph name={isOpen ? 'chevron-up' : 'chevron-down'} size={16} tone="ink3" />
      </Pressable>
      {isOpen ? (
        <Text className="help-item__answer" id={`help-${id}-answer`}>
          {answer}
        </Text>
      ) : null}
    </View>
  )
}

function Contact({ contact }: { contact: Help['contact'] }) {
  const { phone, hours, note } = contact
  if (!phone && !hours && !note) return null
  const call = async (number: string) => {
    if (!(await callPhone(number))) showToast(words.notCalled(number))
  }
  return (
    <>
      <Text className="help-section">{words.contact}</Text>
      <View className="help-group help-contact">
        <View className="help-contact__words">
          {phone ? <Text className="help-contact__phone">{phone}</Text> : null}
          {hours ? <Text className="help-contact__line">{hours}</Text> : null}
          {note ? <Text className="help-contact__line">{note}</Text> : null}
        </View>
        {phone ? (
          <Pressable
            id="help-call"
            className="help-contact__call"
            label={words.call(phone)}
            onPress={() => void call(phone)}
          >
            <Glyph name="phone" size={20} tone="accent" />
          </Pressable>
        ) : null}
      </View>
    </>
  )
}

const skeleton = (
  <View className="help-skeleton">
    {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
      <Skeleton key={key} width="100%" height={54} radius={12} />
    ))}
  </View>
)

export default function HelpPage() {
  const query = useHelp()
  return (
    <Page title={text.me.help}>
      <QueryView query={query} skeleton={skeleton}>
        {({ items, contact }) => (
          <View id="help">
            {items.length === 0 ? <EmptyState picture="no-entries" title={words.empty} /> : null}
            {sectionsOf(items).map(({ section, articles }) => (
              <View key={section}>
                <Text className="help-section">{section}</Text>
                <View className="help-group">
                  {articles.map((article) => (
                    <Question key={article.id} article={article} />
                  ))}
                </View>
              </View>
            ))}
            <Contact contact={contact} />
          </View>
        )}
      </QueryView>
    </Page>
  )
}
