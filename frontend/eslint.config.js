import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

const SAID = 'What the page says is in src/language, in each language.'

/** Words with a space or a full stop, apart from what is an error of the page and said to nobody. */
const SENTENCES = [
  ':not(NewExpression[callee.name=/Error|DOMException/]) > Literal[value=/^[A-Z][a-z’]+( [a-z(]|[….!?,])/]',
  ':not(NewExpression[callee.name=/Error|DOMException/]) > TemplateLiteral > TemplateElement[value.raw=/^[A-Z][a-z’]+( [a-z($]|[….!?,])/]',
].map((selector) => ({ selector, message: SAID }))

export default defineConfig(
  globalIgnores(['dist/**', 'node_modules/**']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // TypeScript knows the globals better.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        {
          name: '@vueuse/core',
          importNames: ['useLocalStorage', 'useSessionStorage'],
          message: 'They fail where a browser keeps nothing: useStorage(…, storageOf(…)) does not.',
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A meow is shown as text and only as text.
      'vue/no-v-html': 'error',
      'vue/no-v-text-v-html-on-component': 'error',
      // The page's security policy refuses style attributes.
      'vue/no-static-inline-styles': ['error', { allowBinding: false }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/padding-line-between-blocks': 'error',
      // What a reader can see or hear is in src/language, in each language.
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [...'“”·+→←−—?=#', 'meower', '?tag='],
          attributes: {
            '/.+/': [
              'title',
              'aria-label',
              'aria-description',
              'aria-roledescription',
              'alt',
              'label',
            ],
            input: ['placeholder'],
            textarea: ['placeholder'],
          },
        },
      ],
      'vue/no-restricted-syntax': [
        'error',
        { selector: 'VExpressionContainer Literal[value=/^[A-Z][a-z]/]', message: SAID },
      ],
      'no-restricted-syntax': ['error', ...SENTENCES],
      'vue/no-unused-refs': 'error',
    },
  },
  {
    // Here the linter does not see the types that vue-tsc checks.
    files: [
      '**/*.vue',
      'src/{main,permalink,wall/wall,wall/setup}.ts',
      'src/**/*.spec.ts',
      'src/testing/*.ts',
    ],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // The messages themselves, and what only tests say.
    files: ['src/language/??.ts', 'src/**/*.spec.ts', 'src/testing/*.ts', '*.config.*'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['*.config.js'], ...ts.configs.disableTypeChecked },
  prettier,
)
