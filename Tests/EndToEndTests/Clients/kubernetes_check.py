"""Reads an API server with the real client: `kubernetes_check.py URL TOKEN`; it prints what it finds, a line each.

`kubernetes_check.py KUBECONFIG` reads the server that such a file names; there it does not watch.

The services it lists page by page, then their slices' addresses, then what a watch brings until a service is gone.
"""

import sys

from kubernetes import client, config, watch

configuration = client.Configuration()
if len(sys.argv) == 2:
    config.load_kube_config(sys.argv[1], client_configuration=configuration)
else:
    configuration.host = sys.argv[1]
    configuration.api_key = {"authorization": f"Bearer {sys.argv[2]}"}
api = client.ApiClient(configuration)
core, discovery = client.CoreV1Api(api), client.DiscoveryV1Api(api)

page = core.list_service_for_all_namespaces(limit=1)
while True:
    for service in page.items:
        print("service", service.metadata.namespace, service.metadata.name, flush=True)
    if not page.metadata._continue:
        break
    page = core.list_service_for_all_namespaces(limit=1, _continue=page.metadata._continue)
for slice_ in discovery.list_endpoint_slice_for_all_namespaces(label_selector="kubernetes.io/service-name").items:
    for endpoint in slice_.endpoints:
        print("endpoint", endpoint.addresses[0], endpoint.conditions.ready, slice_.ports[0].port, flush=True)
if len(sys.argv) == 2:
    sys.exit()
version = page.metadata.resource_version
print("watching", flush=True)
for event in watch.Watch().stream(core.list_service_for_all_namespaces, resource_version=version,
                                  allow_watch_bookmarks=True):
    # A bookmark stays what it was in JSON.
    thing = event["object"]
    name = thing["metadata"].get("name") if isinstance(thing, dict) else thing.metadata.name
    print(event["type"], name, flush=True)
    if event["type"] == "DELETED":
        break
