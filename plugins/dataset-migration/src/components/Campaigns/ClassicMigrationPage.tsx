import { Content, Header, Page } from '@backstage/core-components';
import { MigrationPageContent } from './MigrationPageContent';

/** The page with the shell that the classic frontend system expects of a page. */
export function ClassicMigrationPage() {
  return (
    <Page themeId="tool">
      <Header title="Dataset migrations" />
      <Content>
        <MigrationPageContent flush />
      </Content>
    </Page>
  );
}
