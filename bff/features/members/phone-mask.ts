/** `138****8000`; of any number its first three digits and its last four at most. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '')
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`
}
