// The limit of the provisioning bench: client-go without a rate limit, sixteen workers, the same objects in the same
// order by server-side apply, until each quota is in force and each default ServiceAccount exists.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const workers = 16

type object struct {
	Path string          `json:"path"`
	Body json.RawMessage `json:"body"`
}

type namespace struct {
	Name string `json:"name"`
	// Before ends with the quota; After is written once it is in force.
	Before []object `json:"before"`
	After  []object `json:"after"`
}

// board says when a namespace is ready, from two watches for the whole cluster.
type board struct {
	mutex   sync.Mutex
	quota   map[string]bool
	account map[string]bool
	waiting map[string]chan struct{}
}

func (b *board) note(seen map[string]bool, name string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	seen[name] = true
	if waiter := b.waiting[name]; waiter != nil && b.quota[name] && b.account[name] {
		delete(b.waiting, name)
		close(waiter)
	}
}

func (b *board) ready(name string) <-chan struct{} {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	waiter := make(chan struct{})
	if b.quota[name] && b.account[name] {
		close(waiter)
	} else {
		b.waiting[name] = waiter
	}
	return waiter
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig, plan string) error {
	text, err := os.ReadFile(plan)
	if err != nil {
		return err
	}
	var namespaces []namespace
	if err := json.Unmarshal(text, &namespaces); err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS = -1
	client, err := rest.UnversionedRESTClientFor(dynamic.ConfigFor(config))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	ready, err := watch(ctx, config)
	if err != nil {
		return err
	}
	from := time.Now()
	if err := applyAll(ctx, client, ready, namespaces); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]float64{"seconds": time.Since(from).Seconds()})
}

func watch(ctx context.Context, config *rest.Config) (*board, error) {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	b := &board{quota: map[string]bool{}, account: map[string]bool{}, waiting: map[string]chan struct{}{}}
	factory := dynamicinformer.NewDynamicSharedInformerFactory(client, 0)
	follow := func(resource string, handle func(*unstructured.Unstructured)) error {
		informer := factory.ForResource(schema.GroupVersionResource{Version: "v1", Resource: resource}).Informer()
		_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(seen any) { handle(seen.(*unstructured.Unstructured)) },
			UpdateFunc: func(_, seen any) { handle(seen.(*unstructured.Unstructured)) },
		})
		return err
	}
	if err := follow("resourcequotas", func(quota *unstructured.Unstructured) {
		hard, _, _ := unstructured.NestedMap(quota.Object, "spec", "hard")
		inForce, _, _ := unstructured.NestedMap(quota.Object, "status", "hard")
		if len(hard) > 0 && len(hard) == len(inForce) {
			b.note(b.quota, quota.GetNamespace())
		}
	}); err != nil {
		return nil, err
	}
	if err := follow("serviceaccounts", func(account *unstructured.Unstructured) {
		if account.GetName() == "default" {
			b.note(b.account, account.GetNamespace())
		}
	}); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	for resource, synced := range factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return nil, fmt.Errorf("no watch of %s", resource.Resource)
		}
	}
	return b, nil
}

func applyAll(ctx context.Context, client rest.Interface, ready *board, namespaces []namespace) error {
	queue := make(chan namespace, len(namespaces))
	for _, one := range namespaces {
		queue <- one
	}
	close(queue)
	failures := make(chan error, workers)
	for range workers {
		go func() {
			for one := range queue {
				if err := bringUp(ctx, client, ready, one); err != nil {
					failures <- fmt.Errorf("%s: %w", one.Name, err)
					return
				}
			}
			failures <- nil
		}()
	}
	for range workers {
		if err := <-failures; err != nil {
			return err
		}
	}
	return nil
}

func bringUp(ctx context.Context, client rest.Interface, ready *board, one namespace) error {
	if err := apply(ctx, client, one.Before); err != nil {
		return err
	}
	select {
	case <-ready.ready(one.Name):
	case <-ctx.Done():
		return ctx.Err()
	}
	return apply(ctx, client, one.After)
}

func apply(ctx context.Context, client rest.Interface, objects []object) error {
	for _, one := range objects {
		err := client.Patch(types.ApplyPatchType).
			AbsPath(one.Path).
			Param("fieldManager", "yunheng").
			Param("force", "true").
			Body([]byte(one.Body)).
			Do(ctx).Error()
		if err != nil {
			return err
		}
	}
	return nil
}
