export { forgetGuesses } from './commands/forget-guesses'
export { guardGuess } from './commands/guard-guess'
export { closeGuessingAlerts } from './jobs/close-guessing-alerts'
