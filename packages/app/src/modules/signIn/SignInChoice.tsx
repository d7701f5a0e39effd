import { useState } from 'react';
import { Content, Page, ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  IdentityApi,
  SignInPageProps,
  useApi,
} from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';

interface DemoUser {
  provider: string;
  title: string;
  description: string;
}

const STORAGE_KEY = 'dataset-migration-demo-sign-in';

/** Signing out offers the choice again. */
function forgettingChoice(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      window.sessionStorage.removeItem(STORAGE_KEY);
      await identity.signOut();
    },
  };
}

/**
 * Signs in as one of the configured demo users. Each is an auth provider of the
 * backend, which issues the token: the browser only says which one it wants.
 */
export function SignInChoice(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const users =
    config.getOptional<DemoUser[]>('datasetMigrationDemo.users') ?? [];
  const stored = window.sessionStorage.getItem(STORAGE_KEY);
  const [provider, setProvider] = useState(
    users.find(user => user.provider === stored)?.provider,
  );

  if (provider || users.length === 0) {
    return (
      <ProxiedSignInPage
        {...props}
        provider={provider ?? 'guest'}
        onSignInSuccess={identity => {
          props.onSignInSuccess(forgettingChoice(identity));
        }}
      />
    );
  }

  return (
    <Page themeId="home">
      <Content>
        <Box textAlign="center" py={6}>
          <Typography variant="h3" component="h1" gutterBottom>
            {config.getOptionalString('app.title')}
          </Typography>
          <Typography color="textSecondary">
            This is a demo portal. Choose who you want to be.
          </Typography>
        </Box>
        <Grid container spacing={3} justifyContent="center">
          {users.map(user => (
            <Grid item xs={12} sm={6} md={3} key={user.provider}>
              <Card>
                <CardContent>
                  <Typography variant="h5" component="h2" gutterBottom>
                    {user.title}
                  </Typography>
                  <Typography variant="body2" color="textSecondary">
                    {user.description}
                  </Typography>
                </CardContent>
                <CardActions>
                  <Button
                    color="primary"
                    variant="outlined"
                    onClick={() => {
                      window.sessionStorage.setItem(STORAGE_KEY, user.provider);
                      setProvider(user.provider);
                    }}
                  >
                    Sign in as {user.title.split(',')[0]}
                  </Button>
                </CardActions>
              </Card>
            </Grid>
          ))}
        </Grid>
      </Content>
    </Page>
  );
}
