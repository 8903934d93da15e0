export { guardGuess } from './commands/guard-guess'
export { closeGuessingAlerts } from './jobs/close-guessing-alerts'
