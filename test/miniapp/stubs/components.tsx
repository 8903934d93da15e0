import { type ChangeEvent, createElement, forwardRef, type KeyboardEvent, type ReactNode } from 'react'

/** Taro's components as plain DOM, with only what the tests look at. */
type Props = Record<string, unknown> & { children?: ReactNode }

const domNames = new Set([
  'id',
  'className',
  'style',
  'role',
  'onClick',
  'onTouchStart',
  'onKeyDown',
  'tabIndex',
])

const domProps = (props: Props): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(props).filter(
      ([name]) => domNames.has(name) || name.startsWith('aria-') || name.startsWith('data-'),
    ),
  )

const box = (tag: string) =>
  forwardRef<HTMLElement, Props>((props, ref) =>
    createElement(tag, { ...domProps(props as Props), ref }, (props as Props).children),
  )

export const View = box('div')
export const Text = box('span')
export const ScrollView = box('div')
export const Picker = box('div')
export const Button = box('button')
export const Switch = box('div')

export const Image = (props: Props) =>
  createElement('img', {
    ...domProps(props),
    src: props.src as string,
    alt: '',
    onError: props.onError as () => void,
  })

interface Typed {
  onFocus?: () => void
  onInput?: (event: { detail: { value: string } }) => void
  onConfirm?: (event: { detail: { value: string } }) => void
}

const field = (tag: 'input' | 'textarea') => (props: Props & Typed) =>
  createElement(tag, {
    ...domProps(props),
    value: props.value as string,
    placeholder: props.placeholder as string,
    onChange: (event: ChangeEvent<HTMLInputElement>) =>
      props.onInput?.({ detail: { value: event.target.value } }),
    onFocus: () => props.onFocus?.(),
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key === 'Enter') props.onConfirm?.({ detail: { value: event.currentTarget.value } })
    },
  })

export const Input = field('input')
export const Textarea = field('textarea')
