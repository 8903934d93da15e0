/** A pattern that finds a member's or admin's text as it was typed, whatever the case; `start` wants it in front. */
export const searchPattern = (text: string, where: 'anywhere' | 'start' = 'anywhere'): RegExp => {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(where === 'start' ? `^${literal}` : literal, 'i')
}
